//! Pictures of every view, kept in `docs/pictures/views` and shown in `docs/views.md`.
//!
//! `CURTAIN_UP_RENEW_PICTURES=1 cargo test -p curtain-up --test browser pictures` takes them anew, after a look has changed
//! on purpose. The font is DejaVu Sans, which `cargo xtask setup` installs (package `fonts-dejavu-core`).

use super::gallery::{Gallery, Look};
use crate::{
    engine::Engine,
    picture::Picture,
    stage::{Stage, play_in},
};
use std::{fmt::Write, fs, path::PathBuf};

/// How each view is shown: what the file's name ends with, what its column is called.
const LOOKS: [(&str, &str, Gallery); 4] = [
    ("light", "light", Gallery { look: Look::Light, language: "en" }),
    ("dark", "dark", Gallery { look: Look::Dark, language: "en" }),
    ("rtl", "from right to left", Gallery { look: Look::Light, language: "ar" }),
    ("320", "320 pixels wide", Gallery { look: Look::Narrow, language: "en" }),
];

/// How much of a picture may look otherwise: letters' edges are drawn a little differently by other versions of the browser.
const TOLERANCE: f64 = 0.002;

#[test]
fn every_view_looks_as_its_kept_pictures() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pictures/views"));
    let page = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/views.md"));
    let renew = std::env::var_os("CURTAIN_UP_RENEW_PICTURES").is_some();
    play_in(
        Engine::Chromium,
        |_| {},
        async |stage| {
            assert!(has_the_font(&stage).await, "the font DejaVu Sans is not there; run `cargo xtask setup`");
            if renew {
                let _none_yet = fs::remove_dir_all(&folder);
                fs::create_dir_all(&folder).expect("a folder");
            }
            let (mut views, mut otherwise) = (Vec::new(), Vec::new());
            for (look, _, gallery) in LOOKS {
                gallery.opens(&stage).await;
                views = stage.browser.script("return views()").await.as_array().expect("names").clone();
                for view in views.iter().filter_map(|view| view.as_str()) {
                    let seen = taken(&stage, view).await;
                    let path = folder.join(format!("{view}-{look}.png"));
                    if renew {
                        seen.write(&path);
                        continue;
                    }
                    let kept = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; see the top of pictures.rs", path.display()));
                    let different = seen.share_that_differs(&Picture::read(&kept));
                    if different > TOLERANCE {
                        stage.browser.keeps(&format!("{view}-{look}"), &seen);
                        otherwise.push(format!("{view}-{look}: {:.2} %", different * 100.0));
                    }
                }
            }
            let views: Vec<&str> = views.iter().filter_map(|view| view.as_str()).collect();
            if renew {
                fs::write(&page, documented(&views)).expect("a page");
            }
            assert_eq!(otherwise, Vec::<String>::new(), "look otherwise; where that is meant, see the top of pictures.rs");
            assert_eq!(fs::read_to_string(&page).expect("docs/views.md"), documented(&views), "see the top of pictures.rs");
            let files = fs::read_dir(&folder).expect("a folder").flatten();
            let weight: u64 = files.filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum();
            assert!(weight < 2_000_000, "{weight} bytes of pictures");
        },
    );
}

/// One view by itself, as large as it is, in few enough colours to weigh little.
async fn taken(stage: &Stage, view: &str) -> Picture {
    let alone = "for (const other of document.querySelectorAll('curtain-up')) other.style.display = other.id === VIEW ? 'block' : 'none';
        // What stands in the frame is not ours.
        document.getElementById(VIEW).shadowRoot.querySelector('iframe')?.style.setProperty('visibility', 'hidden');
        scrollTo(0, 0)";
    stage.browser.script(&alone.replace("VIEW", &format!("'{view}'"))).await;
    let place = stage.browser.place(&format!("document.getElementById('{view}')")).await;
    stage.browser.is_high(place.bottom as u32).await;
    stage.browser.seen().await.part(place).in_few_colours()
}

async fn has_the_font(stage: &Stage) -> bool {
    stage.browser.open_page(&stage.page).await;
    let wide = "const pen = document.createElement('canvas').getContext('2d');
        return ['DejaVu Sans', 'no such font'].map(font => { pen.font = `40px \"${font}\", monospace`; return pen.measureText('iiiWWW').width; }).join(' ')";
    let widths = stage.browser.script(wide).await;
    let widths: Vec<&str> = widths.as_str().unwrap_or_default().split(' ').collect();
    widths.len() == 2 && widths[0] != widths[1]
}

/// The page that shows all pictures.
fn documented(views: &[&str]) -> String {
    let mut page = String::from(
        "# Every view\n\nMade by `tests/browser/views/pictures.rs`, which holds the widget to these pictures in every test run.\n",
    );
    for view in views {
        let _written = write!(page, "\n## {view}\n\n|");
        for (_, name, _) in LOOKS {
            let _written = write!(page, " {name} |");
        }
        page.push_str("\n|---|---|---|---|\n|");
        for (look, name, _) in LOOKS {
            let _written = write!(page, " ![{view}, {name}](pictures/views/{view}-{look}.png) |");
        }
        page.push('\n');
    }
    page
}
