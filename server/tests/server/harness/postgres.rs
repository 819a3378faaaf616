//! A PostgreSQL cluster of this test process: started once, on a socket in a folder of its own, gone with the process.

use sqlx::{Connection, Executor, PgConnection};
use std::{
    io::{BufRead, BufReader},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Makes a cluster, says where its socket is, and serves until its standard input closes: that is when the test
/// process ends, however it ends. Then it takes everything away.
const CLUSTER: &str = r#"
set -e
folder=$(mktemp -d /tmp/curtain-up-postgres.XXXXXX)
trap 'cd / && rm -rf "$folder"' EXIT
cd "$folder"
"$0/initdb" --pgdata=data --username=tester --auth=trust --encoding=UTF8 --locale=C --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
"$0/postgres" -D data -k "$folder" -c listen_addresses= -c max_connections=400 -c fsync=off -c full_page_writes=off >postgres.log 2>&1 </dev/null &
until "$0/pg_isready" --quiet --host="$folder" --username=tester; do kill -0 $! || { cat postgres.log >&2; exit 1; }; sleep 0.05; done
echo "$folder"
read -r _ || true
kill -INT $!
wait || true
"#;

/// The address of a new, empty database.
pub async fn fresh_database() -> String {
    static NUMBER: AtomicUsize = AtomicUsize::new(1);
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let socket = tokio::task::spawn_blocking(socket).await.expect("the cluster starts");
    let mut connection = PgConnection::connect(&address(socket, "postgres")).await.expect("the cluster answers");
    connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a new database");
    address(socket, &name)
}

fn address(socket: &str, database: &str) -> String {
    format!("postgres://tester@localhost/{database}?host={socket}")
}

fn socket() -> &'static str {
    static CLUSTER: OnceLock<(Child, String)> = OnceLock::new();
    &CLUSTER.get_or_init(start).1
}

fn start() -> (Child, String) {
    let mut command = as_ordinary_user();
    command.args(["sh", "-c", CLUSTER]).arg(programs()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut cluster = command.spawn().expect("sh and env, or setpriv, run");
    let mut socket = String::new();
    let said = cluster.stdout.take().map(|stdout| BufReader::new(stdout).read_line(&mut socket));
    assert!(matches!(said, Some(Ok(1..))), "PostgreSQL does not start; what it says stands above");
    (cluster, socket.trim().to_owned())
}

/// PostgreSQL refuses to run as root, so root runs it as its own user.
fn as_ordinary_user() -> Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let mut command = Command::new(if is_root { "setpriv" } else { "env" });
    if is_root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command
}

fn programs() -> PathBuf {
    std::env::var_os("CURTAIN_UP_POSTGRES_BIN").map(PathBuf::from).or_else(newest_of_debian).expect(
        "no PostgreSQL here, and half of the store's promises hang on it: run `cargo xtask setup`, or name its programs' folder in CURTAIN_UP_POSTGRES_BIN",
    )
}

fn newest_of_debian() -> Option<PathBuf> {
    let version = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let installed = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path());
    let newest = installed.filter(|path| path.join("bin/postgres").exists()).max_by_key(|path| version(path))?;
    Some(newest.join("bin"))
}
