//! Mail servers as they are met: secured, slow, gone. Nothing is lost, and nothing comes twice but in the one window
//! that SMTP leaves.

use crate::harness::{Database, OddOffice, TestServer, eventually, odd_office::Trick};
use chrono::TimeDelta;
use curtain_up_server::store::outbox::MailState;
use std::collections::BTreeMap;

async fn server_with(smtp: String, authority: Option<std::path::PathBuf>) -> TestServer {
    TestServer::with(Database::Sqlite, |config| {
        config.dev_mailbox = false;
        config.smtp = smtp;
        config.smtp_ca = authority;
    })
    .await
}

async fn register(server: &TestServer, people: usize) {
    for number in 0..people {
        assert_eq!(server.somebody().register(&format!("person{number}@example.com")).await.status, 202);
    }
}

/// Turns the clock on until every mail has arrived.
async fn all_arrive(server: &TestServer) {
    let arrived = || async {
        let mails = server.outbox().await;
        if mails.iter().any(|mail| mail.state == MailState::Deferred) {
            server.clock.advance(TimeDelta::seconds(5));
        }
        mails.iter().all(|mail| mail.state == MailState::Delivered).then_some(())
    };
    eventually("every mail", arrived).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_leaves_by_starttls_with_a_password() {
    let office = OddOffice::secure().await;
    let server = server_with(format!("smtp://curtain:up@{}?tls=required", office.address()), Some(office.certificate())).await;
    register(&server, 3).await;
    all_arrive(&server).await;
    assert_eq!(office.taken().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_trusted_is_told_nothing_and_a_wrong_password_loses_no_mail() {
    let office = OddOffice::secure().await;
    for (password, authority, words) in
        [("up", None, "no secure connection to the mail server"), ("down", Some(office.certificate()), "the mail server answered 535")]
    {
        let server = server_with(format!("smtp://curtain:{password}@{}?tls=required", office.address()), authority).await;
        register(&server, 1).await;
        let put_off = || async { server.outbox().await.into_iter().find(|mail| mail.state == MailState::Deferred) };
        let mail = eventually("a mail that waits", put_off).await;
        assert_eq!(mail.problem.as_deref(), Some(words));
    }
    assert!(office.taken().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_mail_server_does_nothing_is_lost_and_twice_comes_only_what_it_had_taken_already() {
    use Trick::*;
    let tricks = [Greylists, Closes, VanishesInData, VanishesBeforeItsAnswer, Hangs, VanishesInData, Greylists, VanishesBeforeItsAnswer];
    let office = OddOffice::with(&tricks).await;
    let server = server_with(format!("smtp://{}", office.address()), None).await;
    register(&server, 12).await;
    all_arrive(&server).await;
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    for letter in office.taken() {
        *copies.entry(letter.message_id()).or_default() += 1;
    }
    assert_eq!(copies.len(), 12, "nothing is lost");
    let in_the_window = tricks.iter().filter(|trick| **trick == VanishesBeforeItsAnswer).count();
    assert_eq!(copies.values().sum::<usize>() - 12, in_the_window, "{copies:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn four_mails_leave_at_once_and_no_more() {
    let office = OddOffice::with(&[]).await;
    let server = server_with(format!("smtp://{}", office.address()), None).await;
    let start = server.event("launch").await;
    register(&server, 20).await;
    server
        .store()
        .change_event(&start.plan.slug, &curtain_up_server::store::change::Change::Start, server.clock.now())
        .await
        .expect("live");
    all_arrive(&server).await;
    assert_eq!((office.taken().len(), office.most_at_once()), (40, 4));
}
