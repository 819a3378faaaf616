//! The server as people, hosts and attackers meet it: over TCP and SMTP, on SQLite and on PostgreSQL.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs)]

mod harness;

mod awkward;
mod bad_input;
mod bounces;
mod cadence;
mod calendar;
mod cli;
mod clicks;
mod codes;
mod corrections;
mod crashes;
mod desk;
mod issues;
mod mail;
mod manners;
mod no_secret_in_logs;
mod odd_servers;
mod opens;
mod plain_page;
mod real_mail_server;
mod registering;
mod series;
mod ses;
mod store_story;
mod trust;
mod uniform_answers;
mod words;
