#!/bin/sh
# The plugin in a real WordPress, from Debian's packages, on a MariaDB of its own; everything in a folder that goes away.
# Needs: php-cli, php-mysql, mariadb-server-core, mariadb-client-core, curl; for the editor also Node.js and Chromium. WordPress
# itself is fetched by apt and unpacked, not installed. `cargo xtask test --only ways-in` sees to all of it.
# With CURTAIN_UP_PICTURES=folder it keeps what it served.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d /tmp/curtain-up-wordpress.XXXXXX)
database= server=
finish() {
	for process in $server $database; do kill "$process" 2>/dev/null || true; done
	wait 2>/dev/null || true
	[ -z "${CURTAIN_UP_KEEP:-}" ] && rm -rf "$folder" || echo "kept: $folder"
}
trap finish EXIT
cd "$folder"
failed=0

says() { # description, words, file
	if grep -qF -- "$2" "$3"; then echo "ok    $1"; else echo "FAIL  $1: no $2 in $3"; failed=1; fi
}
silent() { # description, words, file
	if grep -qF -- "$2" "$3"; then echo "FAIL  $1: $2 in $3"; failed=1; else echo "ok    $1"; fi
}

# Nothing of the machine's own is touched: the packages are unpacked, here or where xtask has done so.
package=${CURTAIN_UP_WORDPRESS:-$folder/package}
if [ ! -d "$package" ]; then
	apt-get download wordpress libjs-underscore >/dev/null 2>&1
	for archive in ./*.deb; do dpkg -x "$archive" "$package"; done
fi
site=$folder/site
cp -r "$package/usr/share/wordpress" "$site"
rm -f "$site/wp-config.php" "$site/.htaccess"
# Debian shares some files with other packages; without these packages the links lead nowhere, and their places are empty.
for link in $(find "$site" -type l); do
	target="$package/usr/share/wordpress/${link#"$site"/}"
	rm "$link"
	if [ -e "$target" ]; then cp -rL "$target" "$link"; elif [ "${link%.php}" != "$link" ]; then echo '<?php' >"$link"; else : >"$link"; fi
done
mkdir -p "$site/wp-content/plugins" "$site/wp-content/themes/bare"
cp -r "$here/curtain-up" "$site/wp-content/plugins/"
printf '/*\nTheme Name: Bare\n*/\n' >"$site/wp-content/themes/bare/style.css"
cat >"$site/wp-content/themes/bare/index.php" <<'PHP'
<!doctype html><html <?php language_attributes(); ?>><head><?php wp_head(); ?></head><body><?php while ( have_posts() ) { the_post(); the_title( '<h1>', '</h1>' ); the_content(); } wp_footer(); ?></body></html>
PHP

mariadb-install-db --no-defaults --datadir="$folder/data" --auth-root-authentication-method=normal --skip-test-db >install.log 2>&1
chmod 755 "$folder"
[ "$(id -u)" = 0 ] && user=--user=root || user=
mariadbd --no-defaults $user --datadir="$folder/data" --socket="$folder/socket" --skip-networking --pid-file="$folder/pid" >database.log 2>&1 &
database=$!
for _ in $(seq 100); do [ -S socket ] && break; sleep 0.1; done

port=$(php -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo explode(":", stream_socket_get_name($s, false))[1];')
cat >"$site/wp-config.php" <<PHP
<?php
define( 'DB_NAME', 'wordpress' ); define( 'DB_USER', 'root' ); define( 'DB_PASSWORD', '' ); define( 'DB_HOST', 'localhost:$folder/socket' );
define( 'DB_CHARSET', 'utf8mb4' ); define( 'DB_COLLATE', '' );
define( 'WP_HOME', 'http://127.0.0.1:$port' ); define( 'WP_SITEURL', 'http://127.0.0.1:$port' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true ); define( 'DISABLE_WP_CRON', true ); define( 'WP_DEBUG', true ); define( 'WP_DEBUG_DISPLAY', true );
define( 'WP_DEFAULT_THEME', 'bare' );
\$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
PHP
cat >setup.php <<'PHP'
<?php
$link = new mysqli( null, 'root', '', '', 0, $argv[2] );
$link->query( 'CREATE DATABASE wordpress' );
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = parse_url( $argv[3], PHP_URL_HOST );
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'Test', 'author', 'author@example.com', true, '', 'secret' );
PHP
php setup.php "$site" "$folder/socket" "http://127.0.0.1:$port" >setup.log 2>&1 || { cat setup.log; exit 1; }

cat >pages.php <<'PHP'
<?php
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/plugin.php';
switch_theme( 'bare' );
// As for an administrator, who may write any HTML: nothing is cleaned before this plugin sees it.
kses_remove_filters();
update_option( 'permalink_structure', '/%postname%/' );
$GLOBALS['wp_rewrite']->init();
$error = activate_plugin( 'curtain-up/curtain-up.php' );
if ( is_wp_error( $error ) ) { fwrite( STDERR, $error->get_error_message() ); exit( 1 ); }
curtain_up_add_endpoint();
flush_rewrite_rules( false );
$event = 'https://events.example.com/e/launch';
$block = fn( $attributes ) => serialize_block( array( 'blockName' => 'curtain-up/event', 'attrs' => $attributes, 'innerBlocks' => array(), 'innerHTML' => '', 'innerContent' => array() ) );
$pages = array(
	'launch'   => "[curtain_up event=\"$event\" theme=\"dark\" lang=\"de\"]Come <b>in</b>[/curtain_up]",
	'block'    => $block( array( 'event' => $event, 'layout' => 'button', 'text' => '"><script>alert(1)</script>' ) ),
	'twice'    => "[curtain_up event=\"$event\"] [curtain_up event=\"https://events.example.com/e/other\"]",
	'nasty'    => $block( array( 'event' => 'https://events.example.com/e/launch"onload="alert(1)', 'theme' => '"><script>alert(2)</script>' ) )
		. $block( array( 'event' => 'javascript:alert(3)' ) ) . $block( array( 'event' => 'http://events.example.com/e/launch' ) )
		. $block( array( 'event' => $event . '?x="><script>alert(4)</script>', 'theme' => '" onfocus=alert(5) x="', 'lang' => '"><script>', 'view' => 'none' ) ),
	'without'  => 'No event here.',
	'local'    => "[curtain_up event=\"http://127.0.0.1:3000/e/launch\"]",
);
foreach ( $pages as $name => $content ) {
	wp_insert_post( wp_slash( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_name' => $name, 'post_title' => $name, 'post_content' => $content ) ), true );
}
PHP
php pages.php "$site" >pages.log 2>&1 || { cat pages.log; exit 1; }
cat >block.php <<'PHP'
<?php
require $argv[1] . '/wp-load.php';
echo WP_Block_Type_Registry::get_instance()->is_registered( 'curtain-up/event' ) ? 'block registered' : 'none';
PHP
php block.php "$site" >block.log 2>&1
says "the plugin is active and its block known" "block registered" block.log
silent "without a word of PHP" "Warning" pages.log

# As a web server with rewrite rules would: what is no file is WordPress's.
cat >router.php <<'PHP'
<?php
$path = parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( is_file( $_SERVER['DOCUMENT_ROOT'] . $path ) ) { return false; }
if ( is_dir( $_SERVER['DOCUMENT_ROOT'] . $path ) && is_file( $_SERVER['DOCUMENT_ROOT'] . rtrim( $path, '/' ) . '/index.php' ) && '/' !== $path ) { return false; }
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
PHP
PHP_CLI_SERVER_WORKERS=6 php -S "127.0.0.1:$port" -t "$site" router.php >server.log 2>&1 &
server=$!
for _ in $(seq 100); do curl -so /dev/null "http://127.0.0.1:$port/readme.html" && break; sleep 0.1; done
for page in launch block twice nasty without local; do curl -s -D "$page.head" "http://127.0.0.1:$port/$page/" >"$page.html"; done

script='<script type="module" src="https://events.example.com/curtain-up.js" crossorigin></script>'
says "a shortcode is an element" '<curtain-up event="https://events.example.com/e/launch" theme="dark" lang="de"><a href="https://events.example.com/e/launch">Come in</a></curtain-up>' launch.html
says "its script is a module" "$script" launch.html
says "a block is an element, its words are text" '<curtain-up event="https://events.example.com/e/launch" layout="button"><a href="https://events.example.com/e/launch">&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</a></curtain-up>' block.html
says "two elements" 'event="https://events.example.com/e/other"' twice.html
[ "$(grep -cF -- "$script" twice.html)" = 1 ] && echo "ok    one script for two elements" || { echo "FAIL  one script for two elements"; failed=1; }
says "an address with more than an event is read as its event" '<h1>nasty</h1><curtain-up event="https://events.example.com/e/launch"><a href' nasty.html
[ "$(grep -o '<curtain-up' nasty.html | wc -l)" = 1 ] && echo "ok    what is no event is no element" || { echo "FAIL  what is no event is no element"; failed=1; }
for evil in 'alert(' 'onfocus' 'onload='; do silent "what is no event or no word of ours is left out: $evil" "$evil" nasty.html; done
silent "visitors are not told of an author's mistake" 'curtain-up-problem' nasty.html
silent "a page without an element loads nothing" 'curtain-up' without.html
says "http on this very machine, for development" '<script type="module" src="http://127.0.0.1:3000/curtain-up.js" crossorigin></script>' local.html
for page in launch block twice nasty without local; do for word in 'Fatal error' 'Warning:' 'Deprecated:' 'Notice:'; do silent "$page says nothing of PHP's: $word" "<b>${word%:}</b>" "$page.html"; done; done

curl -s -D live.head "http://127.0.0.1:$port/launch/live?email=ada%40example.com&key=9999" >live.html
says "an access link shows the page, by no detour" ' 200 OK' live.head
says "with its element" '<curtain-up event="https://events.example.com/e/launch"' live.html
says "kept by no cache" 'no-cache' live.head
says "told to nobody" 'Referrer-Policy: no-referrer' live.head
silent "and its secrets stand nowhere on the page" '9999' live.html

cat >front.php <<'PHP'
<?php
require $argv[1] . '/wp-load.php';
update_option( 'show_on_front', 'page' );
update_option( 'page_on_front', get_page_by_path( 'launch' )->ID );
PHP
php front.php "$site"
curl -s -D front.head "http://127.0.0.1:$port/live?email=ada%40example.com&key=9999" >front.html
says "an access link shows the page that is the front page, by no detour" ' 200 OK' front.head
says "with its element" '<h1>launch</h1><curtain-up event="https://events.example.com/e/launch"' front.html
silent "and no blog" 'Hello world' front.html
curl -s "http://127.0.0.1:$port/" >home.html
says "which is there without a link, too" '<h1>launch</h1>' home.html

node "$here/editor.mjs" "http://127.0.0.1:$port" || { echo "FAIL  the block in the editor"; failed=1; }
[ -z "${CURTAIN_UP_PICTURES:-}" ] || cp ./*.html ./*.head "$CURTAIN_UP_PICTURES/"
exit $failed
