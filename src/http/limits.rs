//! How much of everything: bytes, time, requests at once, look-ups per address.

use super::Problem;
use super::problem::OwnForm;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Limits of a server. The defaults suit one machine behind a reverse proxy.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of any request body.
    pub body_bytes_max: usize,
    /// Time for reading a request's head, in seconds.
    pub head_seconds_max: u64,
    /// Time for answering a request, its body included, in seconds.
    pub request_seconds_max: u64,
    /// Connections at once; more wait unaccepted.
    pub connections_max: usize,
    /// Requests answered at once; more are refused as busy.
    pub requests_max: usize,
    /// Look-ups and verifications a minute from one IPv4 address or one IPv6 /64 prefix.
    pub asks_per_minute: NonZeroU32,
    /// Of these, how many at once.
    pub asks_burst: NonZeroU32,
    /// Commands and queries of accounts a minute from one address.
    pub work_per_minute: NonZeroU32,
    /// Look-ups and verifications a second from everybody together.
    pub asks_per_second_all: NonZeroU32,
    /// Rows of lists an hour from one address, as many at once: at least the rows of one list.
    pub list_rows_per_hour: NonZeroU32,
    /// Rows of lists an hour from everybody together.
    pub list_rows_per_hour_all: NonZeroU32,
    /// Lists checked at once.
    pub lists_max: usize,
}

const fn at_least_one(n: u32) -> NonZeroU32 {
    match NonZeroU32::new(n) {
        Some(n) => n,
        None => NonZeroU32::MIN,
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes_max: BODY_BYTES_MAX,
            head_seconds_max: 10,
            request_seconds_max: 30,
            connections_max: 4096,
            requests_max: 512,
            asks_per_minute: at_least_one(30),
            asks_burst: at_least_one(10),
            work_per_minute: at_least_one(1200),
            asks_per_second_all: at_least_one(100),
            list_rows_per_hour: at_least_one(5_000),
            list_rows_per_hour_all: at_least_one(100_000),
            lists_max: 4,
        }
    }
}

/// Bytes of any request body. A route may say less.
pub const BODY_BYTES_MAX: usize = 10 << 20;
/// Addresses remembered before the quiet ones are forgotten.
const ADDRESSES_MAX: usize = 100_000;

/// The address a request came from, set by [`listen`](super::listen).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// Who is counted as one: an IPv4 address, or the /64 prefix of an IPv6 address.
fn counted_as(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => IpAddr::V4(address),
            None => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
    }
}

struct Gate {
    each: DefaultKeyedRateLimiter<IpAddr>,
    work: DefaultKeyedRateLimiter<IpAddr>,
    all: governor::DefaultDirectRateLimiter,
    rows: DefaultKeyedRateLimiter<IpAddr>,
    rows_all: governor::DefaultDirectRateLimiter,
    lists: Arc<Semaphore>,
    requests: Semaphore,
    request_time: Duration,
}

/// Puts the limits around a router: the asks (every POST) are counted per address, those of
/// accounts by a measure of their own.
pub fn limited(router: Router, limits: Limits) -> Router {
    let quota = Quota::per_minute(limits.asks_per_minute).allow_burst(limits.asks_burst);
    let gate = Arc::new(Gate {
        each: RateLimiter::keyed(quota),
        work: RateLimiter::keyed(Quota::per_minute(limits.work_per_minute)),
        all: RateLimiter::direct(Quota::per_second(limits.asks_per_second_all)),
        rows: RateLimiter::keyed(Quota::per_hour(limits.list_rows_per_hour)),
        rows_all: RateLimiter::direct(Quota::per_hour(limits.list_rows_per_hour_all)),
        lists: Arc::new(Semaphore::new(limits.lists_max)),
        requests: Semaphore::new(limits.requests_max),
        request_time: Duration::from_secs(limits.request_seconds_max),
    });
    router
        .layer(DefaultBodyLimit::max(limits.body_bytes_max))
        .layer(middleware::from_fn_with_state(gate, pass))
}

async fn pass(State(gate): State<Arc<Gate>>, mut request: Request, next: Next) -> Response {
    if request.method() == Method::POST
        && let Err(wait) = ask(&gate, &request)
    {
        return Problem::new("too-many-requests")
            .retry_after(wait)
            .into_response();
    }
    let Ok(_permit) = gate.requests.try_acquire() else {
        return Problem::new("busy").retry_after(1).into_response();
    };
    let turn = ListTurn {
        address: counted_as(address_of(&request)),
        gate: Arc::clone(&gate),
    };
    request.extensions_mut().insert(turn);
    match tokio::time::timeout(gate.request_time, next.run(request)).await {
        Ok(response) => as_problem(response),
        Err(_) => Problem::new("request-timeout").into_response(),
    }
}

/// A request's turn at checking a list: who asks, and the gate that counts his rows.
#[derive(Clone)]
pub struct ListTurn {
    gate: Arc<Gate>,
    address: IpAddr,
}

/// Why a list has to wait, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListWaits {
    /// As many lists as may be are being checked.
    Busy,
    /// This address, or everybody together, has had its rows.
    Rows(u64),
}

impl ListTurn {
    /// A place among the lists checked at once; given back when it is dropped.
    pub fn begin(&self) -> Result<OwnedSemaphorePermit, ListWaits> {
        let lists = Arc::clone(&self.gate.lists);
        lists.try_acquire_owned().map_err(|_| ListWaits::Busy)
    }

    /// Counts the rows of a list. None are counted if they are too many.
    pub fn count(&self, rows: usize) -> Result<(), ListWaits> {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        let rows = NonZeroU32::new(rows).unwrap_or(NonZeroU32::MIN);
        let gate = &self.gate;
        if gate.rows.len() > ADDRESSES_MAX {
            gate.rows.retain_recent();
        }
        let wait = |until: governor::NotUntil<_>| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            ListWaits::Rows(wait.as_secs() + 1)
        };
        // More than an hour's rows never pass: an hour is as good a word as any.
        let never = |_| ListWaits::Rows(3_600);
        gate.rows
            .check_key_n(&self.address, rows)
            .map_err(never)?
            .map_err(wait)?;
        gate.rows_all.check_n(rows).map_err(never)?.map_err(wait)
    }
}

impl From<ListWaits> for Problem {
    fn from(waits: ListWaits) -> Self {
        match waits {
            ListWaits::Busy => Self::new("busy").retry_after(5),
            ListWaits::Rows(seconds) => Self::new("too-many-requests").retry_after(seconds),
        }
    }
}

/// Where a request came from. One without a peer came from a test or a proxy of our own making: all
/// of them are one.
fn address_of(request: &Request) -> IpAddr {
    let peer = request.extensions().get::<Peer>();
    peer.map_or(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED), |peer| peer.0)
}

/// Seconds to wait, if this address, or everybody together, has asked too often.
fn ask(gate: &Gate, request: &Request) -> Result<(), u64> {
    let clock = DefaultClock::default();
    let address = address_of(request);
    if gate.each.len() > ADDRESSES_MAX {
        gate.each.retain_recent();
    }
    let path = request.uri().path();
    let of_accounts = [
        "/v1/commands/",
        "/v1/queries/",
        "/v1/sessions/",
        "/v1/certificates/",
    ];
    if of_accounts.iter().any(|it| path.starts_with(it)) {
        if gate.work.len() > ADDRESSES_MAX {
            gate.work.retain_recent();
        }
        // Every account shows its token, and a token cannot be guessed.
        return gate
            .work
            .check_key(&counted_as(address))
            .map_err(|until| until.wait_time_from(clock.now()).as_secs() + 1);
    }
    gate.each
        .check_key(&counted_as(address))
        .map_err(|until| until.wait_time_from(clock.now()).as_secs() + 1)?;
    gate.all
        .check()
        .map_err(|until| until.wait_time_from(clock.now()).as_secs() + 1)
}

/// Refusals of the framework itself (no such route, body too large …) in the one form.
fn as_problem(response: Response) -> Response {
    let extensions = response.extensions();
    if extensions.get::<Problem>().is_some() || extensions.get::<OwnForm>().is_some() {
        return response;
    }
    let code = match response.status() {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported-media-type",
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => "bad-request",
        StatusCode::INTERNAL_SERVER_ERROR => "internal",
        _ => return response,
    };
    let allow = response.headers().get(axum::http::header::ALLOW).cloned();
    let mut problem = Problem::new(code).into_response();
    if let Some(allow) = allow {
        problem
            .headers_mut()
            .insert(axum::http::header::ALLOW, allow);
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_one_prefix_count_as_one() {
        let of = |text: &str| counted_as(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::"), of("2001:db8:1:3::"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
