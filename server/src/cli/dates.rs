use super::{
    CliError,
    event::{actor, say},
    event_command::Named,
};
use crate::{clock::Clock, serve, store::event::Event};
use clap::{Args, ValueEnum, builder::RangedU64ValueParser};
use curtain_up_protocol::desk::{DatesRequest, MOST_DATES, NewDate, Rhythm, slugs_of_dates};

/// Which dates are made.
#[derive(Args)]
pub struct Dates {
    #[command(flatten)]
    named: Named,
    /// How often it takes place, counted from the event's own start.
    #[arg(long, requires = "times", conflicts_with = "on", required_unless_present = "on")]
    every: Option<Every>,
    /// How many more dates there are to be.
    #[arg(long, value_parser = RangedU64ValueParser::<usize>::new().range(1..=MOST_DATES as u64))]
    times: Option<usize>,
    /// A date, as civil time in the event's zone: 2027-03-17T18:00. May be given more than once.
    #[arg(long)]
    on: Vec<String>,
    /// The series that all are dates of; the event's own, or one named after it, where left out.
    #[arg(long)]
    series: Option<String>,
    /// Show the dates, and make none.
    #[arg(long)]
    dry_run: bool,
}

/// How often something takes place.
#[derive(Clone, Copy, ValueEnum)]
enum Every {
    Day,
    Week,
    TwoWeeks,
    /// On the same weekday, such as the second Wednesday; months that have none are left out.
    MonthWeekday,
    /// On the same day, such as the 31st; months that have none are left out.
    MonthDay,
}

impl From<Every> for Rhythm {
    fn from(every: Every) -> Self {
        match every {
            Every::Day => Self::Day,
            Every::Week => Self::Week,
            Every::TwoWeeks => Self::TwoWeeks,
            Every::MonthWeekday => Self::MonthWeekday,
            Every::MonthDay => Self::MonthDay,
        }
    }
}

/// Makes other dates of an event, all of them or none.
pub async fn run(asked: Dates, clock: &Clock) -> Result<(), CliError> {
    let Dates { named, every, times, on, series, dry_run } = asked;
    let now = clock.now();
    let (store, _) = serve::open(&named.options.data).await?;
    let event = store.event(&named.slug).await?;
    let starts = match every {
        Some(every) => Rhythm::from(every).after(&event.plan.start.text(), times.unwrap_or_default()),
        None => on,
    };
    let slugs = slugs_of_dates(&named.slug, &starts);
    let dates = slugs.into_iter().zip(starts).map(|(slug, start)| NewDate { slug, start, choice: None });
    let dates = event.plan.dates(DatesRequest { dates: dates.collect(), series })?;
    let made = match dry_run {
        true => dates.plans.into_iter().map(|plan| Event::planned(plan, now)).collect(),
        false => store.add_dates(&actor(&event), &named.slug, &dates, now).await?.1,
    };
    say(&made, &named.options)
}
