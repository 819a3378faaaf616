//! The desk's page and files, as browsers get them.

use crate::harness::TestServer;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_never_kept_framed_or_scripted_by_others() {
    let server = TestServer::start().await;
    for path in ["/desk", "/desk/"] {
        let page = server.somebody().get(path).await;
        // Where the desk was not built, there is nothing to serve.
        if page.status == 404 {
            continue;
        }
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        let policy = page.header("content-security-policy");
        for rule in ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(rule), "{policy}");
        }
        assert!(!policy.contains("unsafe-inline") && page.header("access-control-allow-origin").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_files_of_the_desk_is_served_below_it() {
    let server = TestServer::start().await;
    for path in ["/desk/none.js", "/desk/..%2Fcurtain-up.js", "/desk/%2e%2e/manifest.json", "/desk/index.html.br", "/desk/a/b.js"] {
        assert_eq!(server.somebody().get(path).await.status, 404, "{path}");
    }
}
