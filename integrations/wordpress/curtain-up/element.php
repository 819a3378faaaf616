<?php
/**
 * The element as HTML. Whatever an author writes is checked here and escaped here.
 *
 * @package CurtainUp
 */

defined( 'ABSPATH' ) || exit;

/**
 * What a shortcode or a block may say, and what holds where it says nothing.
 */
function curtain_up_defaults() {
	return array(
		'event'  => '',
		'text'   => '',
		'lang'   => '',
		'theme'  => '',
		'view'   => '',
		'layout' => '',
	);
}

/**
 * The words that an attribute of the element takes.
 */
function curtain_up_choices() {
	return array(
		'theme'  => array( 'light', 'dark', 'auto' ),
		'view'   => array( 'form', 'resend', 'enter', 'countdown' ),
		'layout' => array( 'inline', 'button' ),
	);
}

/**
 * [curtain_up event="https://events.example.com/e/launch"]Register for the launch[/curtain_up]
 *
 * @param array|string $attributes What stands in the shortcode.
 * @param string|null  $content    What stands between its tags: the words of the link.
 */
function curtain_up_shortcode( $attributes, $content = null ) {
	$attributes = shortcode_atts( curtain_up_defaults(), (array) $attributes, 'curtain_up' );
	if ( null !== $content && '' !== trim( $content ) ) {
		$attributes['text'] = wp_strip_all_tags( $content );
	}
	return curtain_up_element( $attributes );
}

/**
 * The block's HTML, made anew for every visitor.
 *
 * @param array $attributes What the author has chosen.
 */
function curtain_up_block( $attributes ) {
	return curtain_up_element( array_merge( curtain_up_defaults(), (array) $attributes ) );
}

/**
 * The element, with a link inside for browsers in which it cannot run.
 *
 * @param array $attributes See curtain_up_defaults().
 */
function curtain_up_element( $attributes ) {
	$event  = curtain_up_event_address( $attributes['event'] );
	$script = curtain_up_script_address( $event );
	if ( '' === $script ) {
		// Authors are told; visitors see nothing rather than a form that goes nowhere.
		return current_user_can( 'edit_posts' )
			? '<p class="curtain-up-problem">' . esc_html__( 'Curtain Up: the event must be an address like https://events.example.com/e/launch.', 'curtain-up' ) . '</p>'
			: '';
	}
	wp_enqueue_script( 'curtain-up-' . substr( md5( $script ), 0, 8 ), $script, array(), null, true );

	$html = '<curtain-up event="' . esc_url( $event ) . '"';
	foreach ( curtain_up_choices() as $name => $words ) {
		if ( in_array( $attributes[ $name ], $words, true ) ) {
			$html .= ' ' . $name . '="' . esc_attr( $attributes[ $name ] ) . '"';
		}
	}
	if ( preg_match( '/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/D', $attributes['lang'] ) ) {
		$html .= ' lang="' . esc_attr( $attributes['lang'] ) . '"';
	}
	$text = '' !== trim( $attributes['text'] ) ? $attributes['text'] : __( 'Register for this event', 'curtain-up' );
	return $html . '><a href="' . esc_url( $event ) . '">' . esc_html( $text ) . '</a></curtain-up>';
}

/**
 * The address of an event, or nothing: https, or http on this very machine, and a path that ends in /e/{slug}, or /s/{slug} of a series.
 *
 * @param mixed $address What an author wrote. Editors turn & into an entity, and blanks come along when pasting.
 */
function curtain_up_event_address( $address ) {
	$address = is_string( $address ) ? trim( html_entity_decode( $address, ENT_QUOTES ) ) : '';
	$parts   = wp_parse_url( $address );
	if ( ! is_array( $parts ) || empty( $parts['host'] ) || isset( $parts['user'] ) || isset( $parts['pass'] ) ) {
		return '';
	}
	$scheme = isset( $parts['scheme'] ) ? strtolower( $parts['scheme'] ) : '';
	$local  = 'http' === $scheme && in_array( $parts['host'], array( 'localhost', '127.0.0.1' ), true );
	if ( 'https' !== $scheme && ! $local ) {
		return '';
	}
	if ( ! preg_match( '#^/[es]/[a-z0-9-]{1,64}/?$#D', isset( $parts['path'] ) ? $parts['path'] : '' ) ) {
		return '';
	}
	$port = isset( $parts['port'] ) ? ':' . $parts['port'] : '';
	return $scheme . '://' . $parts['host'] . $port . untrailingslashit( $parts['path'] );
}

/**
 * Where the element's program is: on the event's own server.
 *
 * @param string $event An address from curtain_up_event_address().
 */
function curtain_up_script_address( $event ) {
	return '' === $event ? '' : preg_replace( '#/[es]/[^/]+$#D', '/curtain-up.js', $event );
}

/**
 * The program is a module from another origin.
 *
 * @param string $tag    The script tag.
 * @param string $handle Which script.
 * @param string $source Its address.
 */
function curtain_up_module_tag( $tag, $handle, $source ) {
	if ( 1 !== preg_match( '/^curtain-up-[0-9a-f]{8}$/D', $handle ) ) {
		return $tag;
	}
	// phpcs:ignore WordPress.WP.EnqueuedResources.NonEnqueuedScript -- This is the filter of an enqueued script.
	return '<script type="module" src="' . esc_url( $source ) . '" crossorigin></script>' . "\n";
}
