//! Against a real mail server, Postfix: mail is delivered into a mailbox and read there, and what comes back, comes back.

use crate::harness::{
    Database, PostOffice, Program, TestServer, eventually,
    post_office::Mood::Unknown,
    postfix::{PASSWORD, Postfix, Routes},
    server::free_port,
};
use curtain_up_server::{
    config::ServeConfig,
    store::{address::AddressState::Bounced, outbox::MailState},
};
use std::{os::unix::fs::PermissionsExt, path::Path};

fn send_by(postfix: &Postfix, password: &str) -> impl FnOnce(&mut ServeConfig) {
    let (smtp, certificate) = (postfix.smtp(password), postfix.certificate());
    move |config| {
        config.dev_mailbox = false;
        config.smtp = smtp;
        config.smtp_ca = Some(certificate);
    }
}

/// What the desk shows of the one mail of `launch`, once it stands so.
async fn ends(server: &TestServer, postfix: &Postfix, state: MailState) -> String {
    let ended = || async {
        let mail = server.outbox().await.into_iter().next()?;
        (mail.state == state).then(|| mail.problem.unwrap_or_default())
    };
    let what = format!("a mail that is {state:?}");
    let waiting = eventually(&what, ended);
    tokio::time::timeout(std::time::Duration::from_secs(59), waiting).await.unwrap_or_else(|_| panic!("Postfix says:\n{}", postfix.log()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_handed_over_with_starttls_and_a_password_and_read_in_the_mailbox() {
    let postfix = Postfix::start(&Routes::default());
    let server = TestServer::with(Database::Sqlite, send_by(&postfix, PASSWORD)).await;
    assert_eq!(server.somebody().register("ada@example.com").await.status, 202);
    let delivered = || async { postfix.mailbox().pop() };
    let letter = eventually("a mail in the mailbox", delivered).await;
    ends(&server, &postfix, MailState::Delivered).await;
    assert_eq!((letter.recipients(), letter.subject()), (vec!["ada@example.com".to_owned()], "You are registered: Launch".to_owned()));
    // Encrypted and signed in, as RFC 3848 abbreviates it.
    assert!(letter.header("Received").contains("with ESMTPSA"), "{}", letter.header("Received"));
    assert_eq!(letter.files()[0].0, "event.ics");
    server.somebody().open(&letter.link()).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_was_changed_loses_no_mail() {
    let postfix = Postfix::start(&Routes::default());
    let server = TestServer::with(Database::Sqlite, send_by(&postfix, "down")).await;
    assert_eq!(server.somebody().register("ada@example.com").await.status, 202);
    assert_eq!(ends(&server, &postfix, MailState::Deferred).await, "the mail server answered 535");
    assert!(postfix.mailbox().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_to_an_unknown_user_comes_back_by_lmtp_and_ends_as_bounced() {
    let lmtp = free_port();
    let postfix = Postfix::start(&Routes { lmtp: Some(lmtp), ..Routes::default() });
    let server = TestServer::with(Database::Sqlite, |config| {
        send_by(&postfix, PASSWORD)(config);
        config.bounce_domain = Some("lmtp.example".into());
        config.lmtp = Some(lmtp);
    })
    .await;
    let visitor = server.somebody();
    let claim = visitor.clone().register("gone@example.com").await.claim();
    assert_eq!(ends(&server, &postfix, MailState::Bounced).await, "it came back: hard");
    assert_eq!(server.store().address_state("gone@example.com").await.expect("an answer"), Some(Bounced));
    assert_eq!(visitor.bounced(&claim).await.json()["bounced"], true, "who has just registered is told");
    let shown = Program::new().run(&["event", "show", "launch", "--data", server.folder().to_str().expect("a path")]);
    assert!(shown.out.contains("mails bounced: 1") && shown.out.contains("addresses that take no mail: 1"), "{}", shown.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_a_far_server_refuses_comes_back_by_pipe_and_ends_as_bounced() {
    let far = PostOffice::with(&[Unknown]).await;
    let folder = tempfile::tempdir().expect("a folder");
    let postfix = Postfix::start(&Routes { far: Some(far.address()), pipe: Some(folder.path()), ..Routes::default() });
    let server = TestServer::with(Database::Sqlite, |config| {
        send_by(&postfix, PASSWORD)(config);
        config.bounce_domain = Some("pipe.example".into());
        config.data.data = folder.path().to_owned();
    })
    .await;
    open_to_everybody(folder.path());
    assert_eq!(server.somebody().register("ada@far.example").await.status, 202);
    assert_eq!(ends(&server, &postfix, MailState::Bounced).await, "it came back: hard");
    assert_eq!(server.store().address_state("ada@far.example").await.expect("an answer"), Some(Bounced));
    assert_eq!(far.offered().len(), 1);
}

/// A host would let the pipe run as the server's own user; the tests' user is often root, whom Postfix lends to nobody.
fn open_to_everybody(folder: &Path) {
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o777)).expect("a mode");
    for file in std::fs::read_dir(folder).expect("a folder").flatten() {
        std::fs::set_permissions(file.path(), PermissionsExt::from_mode(0o666)).expect("a mode");
    }
}
