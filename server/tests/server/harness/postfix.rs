//! A real mail server: Postfix as Debian packs it, on a port of its own, with configuration, queue and mailboxes in a
//! folder of its own. It is not installed: it runs from where `cargo xtask setup` has unpacked it.

use super::{Letter, server::free_port};
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Whom it lets in.
pub const USER: &str = "curtain";
pub const PASSWORD: &str = "up";

/// Serves until standard input closes: that is when the test ends, however it ends. Then it takes everything away.
const POST: &str = r#"
set -e
root=$0 folder=$1 user=$2 password=$3
cd "$folder"
trap 'kill "$(cat queue/pid/master.pid)" 2>/dev/null || true; wait; cd / && rm -rf "$folder"' EXIT
libraries=$(echo "$root"/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH="$root/usr/lib/postfix:$libraries" SASL_PATH="$libraries/sasl2:$(echo /usr/lib/*-linux-gnu)/sasl2"
printf %s "$password" | "$root/usr/sbin/saslpasswd2" -p -c -f etc/sasl/sasldb2 -u mx.example.com "$user"
chown mail data mail etc/sasl/sasldb2
"$root/usr/sbin/postfix" -c "$folder/etc" start-fg >start.log 2>&1 </dev/null &
until grep -qs "daemon started" queue/log; do kill -0 $! || { cat start.log >&2; exit 1; }; sleep 0.05; done
echo ready
read -r _ || true
"#;

/// A running Postfix. The mailbox of `ada@example.com` is there; of nobody else at that domain.
pub struct Postfix {
    address: SocketAddr,
    folder: PathBuf,
    _script: Child,
}

/// Where mail goes that is not for `example.com`.
#[derive(Default)]
pub struct Routes<'a> {
    /// Mail to `far.example` is handed to this server.
    pub far: Option<SocketAddr>,
    /// Mail to `lmtp.example` comes back to the LMTP of this one.
    pub lmtp: Option<SocketAddr>,
    /// Mail to `pipe.example` comes back to `curtain-up bounce` with this data.
    pub pipe: Option<&'a Path>,
}

impl Postfix {
    pub fn start(routes: &Routes<'_>) -> Self {
        let root = programs();
        let folder = tempfile::Builder::new().prefix("curtain-up-postfix.").tempdir().expect("a folder").keep();
        // Its programs run as three users.
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).expect("a mode");
        let address = free_port();
        configure(&folder, &root, address, routes);
        let mut command = as_root();
        command.args(["sh", "-c", POST]).arg(&root).arg(&folder).args([USER, PASSWORD]);
        let mut script = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("sh runs");
        let mut word = String::new();
        let said = script.stdout.take().map(|stdout| BufReader::new(stdout).read_line(&mut word));
        assert!(matches!(said, Some(Ok(1..))), "Postfix does not start; what it says stands above");
        Self { address, folder, _script: script }
    }

    /// Its address with STARTTLS and this password.
    pub fn smtp(&self, password: &str) -> String {
        format!("smtp://{USER}:{password}@{}?tls=required", self.address)
    }

    /// The certificate that it shows.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("etc/certificate.pem")
    }

    /// The mails in Ada's mailbox, a file as Unix has had it for fifty years.
    pub fn mailbox(&self) -> Vec<Letter> {
        let text = std::fs::read_to_string(self.folder.join("mail/ada")).unwrap_or_default();
        let mails = text.split("\nFrom ").map(|mail| mail.split_once('\n').map_or("", |(_, rest)| rest)).filter(|mail| !mail.is_empty());
        mails.map(|mail| Letter::new(mail.as_bytes().to_vec())).collect()
    }

    /// What it has written down of its work.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("queue/log")).unwrap_or_default()
    }
}

fn configure(folder: &Path, root: &Path, address: SocketAddr, routes: &Routes<'_>) {
    for name in ["etc", "etc/sasl", "queue", "data", "mail"] {
        std::fs::create_dir(folder.join(name)).expect("a folder");
    }
    let own = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).expect("a certificate");
    let (here, root) = (folder.display(), root.display());
    let far = routes.far.map(|far| format!("{{ far.example = smtp:[{}]:{} }}", far.ip(), far.port()));
    let lmtp = routes.lmtp.map(|lmtp| format!("{{ lmtp.example = lmtp:inet:{lmtp} }}"));
    let pipe = routes.pipe.map(|_| "{ pipe.example = curtain-up: }".to_owned());
    let transport =
        [Some("{ nowhere.example = discard: }".to_owned()), far, lmtp, pipe].into_iter().flatten().collect::<Vec<_>>().join(", ");
    // Mailboxes belong to whoever runs the test, so that it can read them; root to `mail`, since Postfix hands root nothing.
    let owner = match std::fs::metadata("/proc/self").map_or(0, |process| process.uid()) {
        0 => 8,
        uid => uid,
    };
    let main = format!(
        "compatibility_level = 3.6\nconfig_directory = {here}/etc\nqueue_directory = {here}/queue\ndata_directory = {here}/data\n\
         daemon_directory = {root}/usr/lib/postfix/sbin\ncommand_directory = {root}/usr/sbin\nshlib_directory = {root}/usr/lib/postfix\n\
         meta_directory = {root}/etc/postfix\nsendmail_path = {root}/usr/sbin/sendmail\nmailq_path = {root}/usr/bin/mailq\n\
         newaliases_path = {root}/usr/bin/newaliases\nimport_environment = LD_LIBRARY_PATH SASL_PATH MAIL_CONFIG={here}/etc\n\
         mail_owner = mail\nsetgid_group = news\ndefault_privs = nobody\nmaillog_file = {here}/queue/log\nmaillog_file_prefixes = /\n\
         inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\ndisable_dns_lookups = yes\nmyhostname = mx.example.com\nmydestination =\n\
         mynetworks = 192.0.2.0/24\nalias_maps =\nalias_database =\ntransport_maps = inline:{{ {transport} }}\n\
         virtual_mailbox_domains = example.com\nvirtual_mailbox_base = {here}/mail\nvirtual_mailbox_maps = inline:{{ {{ ada@example.com = ada }} }}\n\
         virtual_minimum_uid = 1\nvirtual_uid_maps = static:{owner}\nvirtual_gid_maps = static:{owner}\n\
         smtpd_reject_unlisted_recipient = no\nsmtpd_relay_restrictions = permit_sasl_authenticated, reject\n\
         smtpd_recipient_restrictions = permit_sasl_authenticated, reject\nsmtpd_sasl_auth_enable = yes\nsmtpd_sasl_path = smtpd\n\
         smtpd_sasl_local_domain = $myhostname\nsmtpd_tls_security_level = encrypt\n\
         smtpd_tls_auth_only = yes\nsmtpd_tls_cert_file = {here}/etc/certificate.pem\nsmtpd_tls_key_file = {here}/etc/key.pem\n"
    );
    let sasl = format!("pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {here}/etc/sasl/sasldb2\n");
    for (name, text) in [
        ("etc/main.cf", main),
        ("etc/master.cf", services(folder, address, routes)),
        ("etc/certificate.pem", own.cert.pem()),
        ("etc/key.pem", own.signing_key.serialize_pem()),
        ("etc/sasl/smtpd.conf", sasl),
    ] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
}

/// What Postfix is made of, and the pipe that a host would write there.
fn services(folder: &Path, address: SocketAddr, routes: &Routes<'_>) -> String {
    let mut services = format!("{address} inet n - n - - smtpd\n");
    for (name, maximum, program) in [
        ("cleanup", "0", "cleanup"),
        ("qmgr", "1", "qmgr"),
        ("tlsmgr", "1", "tlsmgr"),
        ("rewrite", "-", "trivial-rewrite"),
        ("bounce", "0", "bounce"),
        ("defer", "0", "bounce"),
        ("trace", "0", "bounce"),
        ("proxymap", "-", "proxymap"),
        ("smtp", "-", "smtp"),
        ("lmtp", "-", "lmtp"),
        ("virtual", "-", "virtual"),
        ("error", "-", "error"),
        ("retry", "-", "error"),
        ("discard", "-", "discard"),
        ("anvil", "1", "anvil"),
        ("scache", "1", "scache"),
    ] {
        let is_private = if name == "cleanup" || name == "qmgr" { "n" } else { "-" };
        // The agent that writes into mailboxes is root until it knows whose they are.
        let is_unprivileged = if name == "virtual" { "n" } else { "-" };
        services += &format!("{name} unix {is_private} {is_unprivileged} n - {maximum} {program}\n");
    }
    services += "postlog unix-dgram n - n - 1 postlogd\n";
    if let Some(data) = routes.pipe {
        // In reach of the user that it runs as, wherever this was built.
        let program = folder.join("curtain-up");
        std::fs::copy(env!("CARGO_BIN_EXE_curtain-up"), &program).expect("a copy");
        let (program, data) = (program.display(), data.display());
        services +=
            &format!("curtain-up unix - n n - - pipe user=nobody argv={program} bounce --data {data} --to ${{original_recipient}}\n");
    }
    services
}

/// Postfix runs as root and hands its work to others.
fn as_root() -> Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    if !is_root {
        command.arg("--non-interactive");
    }
    command
}

/// The folder that its packages were unpacked in, or this machine's own where it is installed.
fn programs() -> PathBuf {
    let named = std::env::var_os("CURTAIN_UP_POSTFIX").map(PathBuf::from);
    let unpacked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools/postfix");
    let all = named.into_iter().chain([unpacked, PathBuf::from("/")]);
    let mut found = all.filter(|root| root.join("usr/lib/postfix/sbin/master").exists() && root.join("usr/sbin/saslpasswd2").exists());
    let root = found.next().expect("no Postfix here: run `cargo xtask setup`, or name the folder of its packages in CURTAIN_UP_POSTFIX");
    root.canonicalize().expect("a path")
}
