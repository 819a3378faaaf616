//! Getting in: by password, by a mailed link, and not at all.

use super::host::{HOST, PASSWORD};
use crate::stage::play;
use curtain_up_protocol::desk::Role;
use thirtyfour::Key;

#[test]
fn a_host_signs_in_with_their_password_and_out_again_by_keyboard_alone() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host_with_password().await;
            let browser = host.browser();
            browser.open_page(&format!("{}/desk", stage.server)).await;
            browser.sees("Sign in to the desk").await;
            browser.tabs_to("Email").await;
            browser.presses(HOST).await;
            browser.tabs_to("Password").await;
            browser.presses("not the password" + Key::Enter).await;
            browser.sees("sign nobody in").await;
            browser.fills("Password", PASSWORD).await;
            browser.presses(Key::Enter).await;
            browser.sees("The launch").await;
            browser.tabs_to("Sign out").await;
            browser.presses(Key::Enter).await;
            browser.sees("Sign in to the desk").await;
            browser.open_page(&format!("{}/desk#/events/launch", stage.server)).await;
            browser.sees("Sign in to the desk").await;
        },
    );
}

#[test]
fn a_mailed_link_signs_a_host_in_once_and_leaves_the_address_at_once() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host_with_password().await;
            let browser = host.browser();
            browser.open_page(&format!("{}/desk", stage.server)).await;
            browser.clicks("Mail me a link instead").await;
            browser.fills("Email", HOST).await;
            browser.clicks("Send the link").await;
            browser.sees("a link is on its way").await;
            let text = stage.mail_text(0).await;
            let link = text.split_whitespace().find(|word| word.contains("/desk#sign-in=")).expect("a link in the mail").to_owned();
            browser.open_page("about:blank").await;
            // Opened by a program that runs scripts, it is used up by none of them.
            browser.open_page(&link).await;
            browser.sees("signs you in, once").await;
            assert!(!browser.address().await.contains("sign-in"), "{}", browser.address().await);
            browser.open_page("about:blank").await;
            stage.opens_sign_in_link(&link).await;
            browser.sees("The launch").await;
            // Whoever is signed in already is told that another link changes it.
            browser.open_page("about:blank").await;
            browser.open_page(&link).await;
            browser.sees(&format!("You are signed in as {HOST}")).await;
            browser.clicks("No, go back").await;
            browser.clicks("Sign out").await;
            browser.sees("Sign in to the desk").await;
            browser.open_page("about:blank").await;
            stage.opens_sign_in_link(&link).await;
            browser.sees("This link signs nobody in").await;
            assert!(!browser.address().await.contains("sign-in"), "{}", browser.address().await);
        },
    );
}

#[test]
fn the_desk_runs_under_its_strict_policy_without_a_word_in_the_console() {
    play(
        |_| (),
        async |stage| {
            let member = stage.member("new@example.com", Role::Host).await;
            stage.opens_sign_in_link(&stage.sign_in_link(&member).await).await;
            stage.browser.sees("The launch").await;
            // Who asks whether somebody is signed in is told 401, which browsers note.
            let so_far = stage.browser.console().await;
            assert!(so_far.iter().all(|line| line.contains("/api/desk/session") && line.contains("401")), "{so_far:?}");
            stage.browser.clicks("The launch").await;
            stage.browser.sees("Copy the snippet").await;
            for page in ["people", "edit", "try"] {
                stage.browser.script(&format!("location.hash = '#/events/launch/{page}'")).await;
                let there = format!("document.querySelector('[href$=\"launch/{page}\"][aria-current]')");
                stage.browser.until(page, &there).await;
            }
            stage.browser.sees("Register").await;
            assert_eq!(stage.browser.console().await, Vec::<String>::new());
        },
    );
}

#[test]
fn the_people_page_may_be_left_before_the_browser_has_drawn_it() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("The launch").await;
            browser.sees("Copy the snippet").await;
            let hold_frames = "const held = []; window.requestAnimationFrame = frame => held.push(frame);
                 window.draw = () => held.splice(0).forEach(frame => frame(performance.now()));";
            browser.script(hold_frames).await;
            browser.console().await;
            browser.clicks("People").await;
            browser.sees("0 people").await;
            browser.clicks("Overview").await;
            browser.sees("Copy the snippet").await;
            browser.script("window.draw()").await;
            browser.clicks("People").await;
            browser.sees("Active columns").await;
            assert_eq!(browser.console().await, Vec::<String>::new());
        },
    );
}
