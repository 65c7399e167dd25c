//! Codes of offers to wallets, on both engines: each is changed for a token once, whoever comes first.

use crate::support::postgres::fresh_database;
use skill_ledger::domain::ids::LedgerId;
use skill_ledger::domain::time::Instant;
use skill_ledger::store::wallet::{Redeemed, Redeeming, WRONG_MAX, WalletGrant, WalletOffer};
use skill_ledger::store::{AnyStore, Database};
use std::sync::Arc;

const NOW: Instant = Instant(1_000_000);
const LATER: Instant = Instant(601_000_000);

fn grant() -> WalletGrant {
    WalletGrant {
        number: String::from("S000032000012263000001"),
        issue: 2,
    }
}

fn offer(code: u8, tx_code: Option<[u8; 32]>) -> WalletOffer {
    WalletOffer {
        code: [code; 32],
        tx_code,
        grant: grant(),
        expires: LATER,
    }
}

fn redeeming(code: u8, tx_code: Option<[u8; 32]>, token: u8) -> Redeeming {
    Redeeming {
        code: [code; 32],
        tx_code,
        token: [token; 32],
        token_expires: LATER,
        now: NOW,
    }
}

async fn codes_are_used_once(database: Database) {
    let ledger = LedgerId(uuid::Uuid::from_u128(7));
    let store = AnyStore::create(&database, ledger, NOW).await.unwrap();
    let store = Arc::new(store);
    store.put_wallet_offer(offer(1, None), NOW).await.unwrap();
    let at_once = (10..18).map(|token| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.redeem_wallet_code(redeeming(1, None, token)).await })
    });
    let mut done = Vec::new();
    for (token, redeemed) in (10..18).zip(at_once.collect::<Vec<_>>()) {
        match redeemed.await.unwrap().unwrap() {
            Redeemed::Done => done.push(token),
            other => assert_eq!(other, Redeemed::Unknown),
        }
    }
    assert_eq!(done.len(), 1, "{done:?}");
    let token = [done[0]; 32];
    assert_eq!(store.wallet_grant(token, NOW).await.unwrap(), Some(grant()));
    assert_eq!(store.wallet_grant(token, LATER).await.unwrap(), None);
    assert_eq!(store.wallet_grant([1; 32], NOW).await.unwrap(), None);

    let (right, wrong) = (Some([5; 32]), Some([6; 32]));
    store.put_wallet_offer(offer(2, right), NOW).await.unwrap();
    let redeem = async |code, tx_code| store.redeem_wallet_code(redeeming(code, tx_code, 20)).await;
    assert_eq!(redeem(2, None).await.unwrap(), Redeemed::TxCodeNeeded);
    for _ in 0..WRONG_MAX {
        assert_eq!(redeem(2, wrong).await.unwrap(), Redeemed::TxCodeWrong);
    }
    assert_eq!(redeem(2, right).await.unwrap(), Redeemed::Unknown);
    store.put_wallet_offer(offer(3, None), NOW).await.unwrap();
    assert_eq!(redeem(3, right).await.unwrap(), Redeemed::TxCodeUnasked);
    let past = Redeeming {
        now: LATER,
        ..redeeming(3, None, 21)
    };
    assert_eq!(
        store.redeem_wallet_code(past).await.unwrap(),
        Redeemed::Unknown
    );
    // What has passed is deleted with the next offer: the same digest may come again.
    store.put_wallet_offer(offer(3, None), LATER).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_used_once_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    codes_are_used_once(Database::File(folder.path().join("ledger.sqlite"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_used_once_on_a_server() {
    let Some(url) = fresh_database().await else {
        return;
    };
    codes_are_used_once(Database::Server(url)).await;
}
