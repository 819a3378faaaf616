//! The main journeys of codes in the other engines: moving between meetings rests on what browsers keep and pass on.

use crate::{
    codes::{five_rooms, help_article},
    engine::Engine,
    second_device::second_device,
    stage::{Stage, caught, play_in},
};
use std::{future::Future, pin::Pin};

type Journey = fn(&Stage) -> Pin<Box<dyn Future<Output = ()> + '_>>;

const JOURNEYS: [(&str, Journey); 3] = [
    ("two meetings, step by step", |stage| Box::pin(help_article(stage))),
    ("five rooms, by materials and by the switcher", |stage| Box::pin(five_rooms(stage))),
    ("a second device goes on here", |stage| Box::pin(second_device(stage))),
];

#[test]
fn codes_carry_in_firefox() {
    codes_carry_in(Engine::Firefox);
}

#[test]
fn codes_carry_in_webkit() {
    codes_carry_in(Engine::WebKit);
}

fn codes_carry_in(engine: Engine) {
    play_in(
        engine,
        |_| {},
        async |stage| {
            let mut broken = Vec::new();
            for (name, journey) in JOURNEYS {
                if let Err(panic) = caught(journey(&stage)).await {
                    broken.push(format!("{name}: {}", panic.downcast_ref::<String>().cloned().unwrap_or_default()));
                }
            }
            assert!(broken.is_empty(), "in {engine:?}:\n{}", broken.join("\n"));
        },
    );
}
