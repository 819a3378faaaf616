<?php
/**
 * Plugin Name:       Curtain Up
 * Description:       Puts the registration form, the countdown and the room of a webinar on a page, as a block or as [curtain_up event="https://events.example.com/e/launch"].
 * Version:           0.1.0
 * Requires at least: 6.0
 * Requires PHP:      7.4
 * License:           MIT
 * Text Domain:       curtain-up
 *
 * @package CurtainUp
 */

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/element.php';
require_once __DIR__ . '/access-links.php';

add_shortcode( 'curtain_up', 'curtain_up_shortcode' );
add_action( 'init', 'curtain_up_register_block' );
add_action( 'init', 'curtain_up_add_endpoint' );
add_filter( 'request', 'curtain_up_show_front_page' );
add_action( 'template_redirect', 'curtain_up_guard_access_link', 0 );
add_filter( 'script_loader_tag', 'curtain_up_module_tag', 10, 3 );

register_activation_hook(
	__FILE__,
	function () {
		curtain_up_add_endpoint();
		flush_rewrite_rules();
	}
);
register_deactivation_hook( __FILE__, 'flush_rewrite_rules' );

/**
 * The block: the same element, with its settings beside it.
 */
function curtain_up_register_block() {
	wp_register_script(
		'curtain-up-block',
		plugins_url( 'block.js', __FILE__ ),
		array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-i18n' ),
		'0.1.0',
		true
	);
	register_block_type(
		'curtain-up/event',
		array(
			'api_version'     => 2,
			'editor_script'   => 'curtain-up-block',
			'attributes'      => array_fill_keys(
				array_keys( curtain_up_defaults() ),
				array(
					'type'    => 'string',
					'default' => '',
				)
			),
			'render_callback' => 'curtain_up_block',
		)
	);
}
