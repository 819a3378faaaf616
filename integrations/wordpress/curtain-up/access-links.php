<?php
/**
 * Access links: {permalink}/live?email=…&key=… must show the page on which the element stands.
 *
 * @package CurtainUp
 */

defined( 'ABSPATH' ) || exit;

/**
 * /live below every page and post, and below the front page.
 */
function curtain_up_add_endpoint() {
	add_rewrite_endpoint( 'live', EP_PERMALINK | EP_PAGES | EP_ROOT );
}

/**
 * A page that was opened by an access link is kept by no cache and told to nobody as a referrer. WordPress would send
 * the link on to an address with a slash at its end, secrets and all, so it is not asked to.
 */
function curtain_up_guard_access_link() {
	// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Nothing is read but that it is there.
	if ( ! isset( $_GET['email'], $_GET['key'] ) || null === get_query_var( 'live', null ) ) {
		return;
	}
	nocache_headers();
	header( 'Referrer-Policy: no-referrer' );
	remove_action( 'template_redirect', 'redirect_canonical' );
}

/**
 * Where a page is the front page, WordPress shows it only to those who ask for nothing; `live` is something, to its mind,
 * and it would show the blog.
 *
 * @param array $query What is asked for.
 * @return array
 */
function curtain_up_show_front_page( $query ) {
	if ( array( 'live' ) === array_keys( $query ) && 'page' === get_option( 'show_on_front' ) ) {
		$query['page_id'] = get_option( 'page_on_front' );
	}
	return $query;
}
