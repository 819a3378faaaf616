//! Somebody who sits at the desk with a watch.

use super::running::Running;
use std::{
    fs::File,
    io::{Read, Write},
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

pub struct Desk {
    http: reqwest::Client,
    base: String,
    cookie: String,
}

impl Desk {
    pub async fn new(server: SocketAddr, event: &str, session: &str) -> Self {
        let base = format!("http://{server}/api/desk/events/{event}");
        let desk = Self { http: reqwest::Client::new(), base, cookie: format!("curtain_up_desk={session}") };
        desk.get("").await;
        desk
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        let answer = self.http.get(format!("{}{path}", self.base)).header("cookie", &self.cookie).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer
    }

    /// The middle of nine.
    pub async fn time(&self, what: &str, path: &str, wanted: u64) -> Duration {
        let mut times = Vec::new();
        for _ in 0..9 {
            let begun = Instant::now();
            self.get(path).await.bytes().await.expect("a body");
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        let (median, worst) = (times[4], times[8]);
        println!(
            "{:>8.1} ms  {what} (worst {:.1} ms; {:.2} of the {wanted} ms that are allowed)",
            ms(median),
            ms(worst),
            ms(median) / wanted as f64
        );
        median
    }

    /// How long a page takes far behind the beginning.
    pub async fn page_in_the_middle(&self) -> Duration {
        let mut path = "/people?limit=500".to_owned();
        for _ in 0..100 {
            let page: serde_json::Value = self.get(&path).await.json().await.expect("JSON");
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/people?limit=500&cursor={next}");
        }
        let path = path.replace("limit=500", "limit=50");
        let begun = Instant::now();
        self.get(&path).await.bytes().await.expect("a body");
        begun.elapsed()
    }

    /// Writes an export to a file as it comes, and looks at the most memory that the server took until then. To read the
    /// file from the disk is what the export is compared to.
    pub async fn export(&self, path: &str, server: &Running, folder: &Path) {
        let before = server.peak_of_memory();
        let name = folder.join("export");
        let mut file = File::create(&name).expect("a file");
        let begun = Instant::now();
        let mut answer = self.get(path).await;
        let (mut bytes, mut lines) = (0, 0);
        while let Some(chunk) = answer.chunk().await.expect("a chunk") {
            bytes += chunk.len();
            lines += chunk.iter().filter(|byte| **byte == b'\n').count();
            file.write_all(&chunk).expect("it is written");
        }
        let took = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let mut piece = vec![0; 65_536];
        let mut file = File::open(&name).expect("the file");
        while file.read(&mut piece).expect("it is read") > 0 {}
        let read = begun.elapsed().as_secs_f64();
        let (peak, megabytes) = (server.peak_of_memory(), bytes as f64 / 1e6);
        println!(
            "{took:>8.1} s   {path}: {lines} lines, {megabytes:.1} MB, {:.0} lines a second, {:.0} times what it takes to read the file",
            lines as f64 / took,
            took / read
        );
        println!(
            "{peak:>8.1} MB  the server's peak of memory, {before:.1} MB before ({:.2} of the 64 MB that are allowed; {:.2} of the file)",
            peak / 64.0,
            peak / megabytes
        );
    }
}

pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
