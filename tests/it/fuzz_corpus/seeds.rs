//! Writes the ledger the fuzz targets judge by, and the seeds of their corpus:
//! `cargo test --test it -- --ignored write_the_seeds`. Files that libFuzzer found stay.

use super::folder;
use super::targets::BETWEEN;
use crate::support::issued::{Fixture, key, name, scores, vkey};
use crate::support::picture::Picture;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use skill_ledger::credential::container::badge::png::{self, Pixels};
use skill_ledger::credential::container::badge::svg;
use skill_ledger::credential::qr::text;
use skill_ledger::credential::sd_jwt::{Preset, present};
use skill_ledger::credential::status_details::CertificateState;
use skill_ledger::credential::status_list::{StatusBits, StatusPurpose};
use skill_ledger::credential::token_status_list::{TokenStatusList, TokenStatuses};
use skill_ledger::credential::wallet::Code;
use skill_ledger::credential::{Coat, trust_list::Stretch};
use skill_ledger::keys::{Purpose, Signer};
use skill_ledger::sheet::list::{Beside, Format, read_list};
use skill_ledger::tlog::bundle::write_bundle;
use skill_ledger::tlog::note::{Note, NoteKey};
use skill_ledger::tlog::witness::AddCheckpoint;
use std::collections::HashMap;
use std::io::{Cursor, Write};

fn write(path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder().join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn seed(target: &str, name: &str, bytes: impl AsRef<[u8]>) {
    write(&format!("corpus/{target}/{name}"), bytes);
}

#[test]
#[ignore = "writes tests/fuzz/ledger and tests/fuzz/corpus"]
fn write_the_seeds() {
    let mut fixture = Fixture::new();
    fixture.scores = Some(scores());
    fixture.issue(|_| ());
    fixture.widen();
    fixture.issue_kinds();
    fixture.issue(|_| ());
    fixture.set_state(7, CertificateState::Superseded);
    write_ledger(&fixture);
    write_coats(&fixture);
    write_lists(&fixture);
    write_log(&fixture);
    write_wallet();
    write_pdf(&fixture);
    write_pictures(&fixture);
    write_sheets();
    write_list(&fixture);
}

fn write_ledger(fixture: &Fixture) {
    write("ledger/trust-list.json", fixture.trust_file());
    write("ledger/certificate.json", fixture.bytes(0));
    write(
        "ledger/certificate.rdfc.json",
        fixture.coat(0, Coat::VcJsonRdfc),
    );
    write(
        "ledger/certificate.scores.json",
        fixture.coat(0, Coat::VcJsonScores),
    );
    write("ledger/certificate.sd-jwt", fixture.coat(0, Coat::SdJwtVc));
    write("ledger/certificate.cose", fixture.coat(0, Coat::Qr));
    write("ledger/certificate.tlog-proof", fixture.proof_bytes(0));
    write("ledger/log.vkey", format!("{}\n", fixture.log_vkey()));
}

fn write_coats(fixture: &Fixture) {
    let sd_jwt = std::str::from_utf8(fixture.coat(0, Coat::SdJwtVc)).unwrap();
    let qr = fixture.coat(0, Coat::Qr);
    let address = text::to_url("ledger.example", qr);
    for (n, issued) in fixture.issued.iter().enumerate().take(7) {
        let number = issued.claims.number.as_str();
        seed("vc-json", number, fixture.bytes(n));
        seed("sd-jwt", number, fixture.coat(n, Coat::SdJwtVc));
        seed("qr", number, fixture.coat(n, Coat::Qr));
    }
    for preset in Preset::ALL {
        let presented = present(sd_jwt, preset.claims()).unwrap();
        seed("sd-jwt", preset.name(), &presented);
        seed("verify", preset.name(), &presented);
    }
    for (n, disclosure) in sd_jwt.split('~').skip(1).enumerate() {
        if [0, 3, 9].contains(&n) {
            seed("disclosure", &n.to_string(), disclosure);
        }
    }
    seed("qr-text", "address", &address);
    seed(
        "qr-text",
        "lower-case",
        format!(" {}\n", address.to_lowercase()),
    );
    seed("qr-text", "digits", text::to_payload(qr));
    seed("verify", "json", fixture.bytes(0));
    for (name, coat) in [("rdfc", Coat::VcJsonRdfc), ("scores", Coat::VcJsonScores)] {
        seed("verify", &format!("json-{name}"), fixture.coat(0, coat));
        seed("vc-json", name, fixture.coat(0, coat));
    }
    seed("verify", "qr", qr);
    seed("verify", "address", &address);
    let with_proof = [fixture.bytes(0), BETWEEN, &fixture.proof_bytes(0)].concat();
    seed("verify", "json-with-proof", with_proof);
    let with_proof = [qr, BETWEEN, &fixture.proof_bytes(0)].concat();
    seed("verify", "qr-with-proof", with_proof);
    seed("strict-json", "certificate", fixture.bytes(0));
    let small = r#" {"a":[1,-9007199254740991,true,null,{}],"\u00e9\ud83d\ude00":"\n\"/\\"} "#;
    seed("strict-json", "small", small);
    seed("strict-json", "deep", "[".repeat(32) + &"]".repeat(32));
    seed("did", "did", fixture.did.to_string());
    seed("did", "url", fixture.did.url());
    let key = fixture.certificate_key.key_id();
    seed("did", "key", key.as_str());
}

fn write_lists(fixture: &Fixture) {
    seed(
        "status-list",
        "empty",
        fixture.status_list(StatusPurpose::Suspension),
    );
    seed(
        "status-list",
        "one",
        fixture.status_list(StatusPurpose::Revocation),
    );
    for (name, revoked) in [("empty", &StatusBits::default()), ("one", &fixture.revoked)] {
        let list = TokenStatusList {
            did: fixture.did.clone(),
            list: 1,
            valid_from: fixture.list_from,
            valid_until: fixture.list_until,
            statuses: TokenStatuses::of(revoked, &fixture.suspended),
        };
        let signed = list.sign(&fixture.status_key).unwrap();
        seed("token-status-list", name, signed);
    }
    seed("status-details", "one", fixture.status_details());
    seed("trust-list", "file", fixture.trust_file());
    let mut list = fixture.trust_list();
    list.bodies[0].suspensions = vec![Stretch {
        from_position: 1,
        to_position: Some(2),
    }];
    list.bodies[0].keys[0].to_position = Some(40);
    list.authority.name = name("主管部门", "Authority");
    let other = key(13, Purpose::Trust);
    list.authority.trust_key = other.key_id().clone();
    let alone = list.sign(&other).unwrap();
    seed("trust-list", "alone", alone);
}

fn write_log(fixture: &Fixture) {
    seed("tlog-proof", "whole", fixture.proof_bytes(0));
    let mut bare = fixture.proof(1);
    bare.extra = None;
    seed("tlog-proof", "without-entry", bare.to_string());
    let checkpoint = fixture.checkpoint();
    seed("note", "checkpoint", &checkpoint);
    let second = key(8, Purpose::Log);
    let text = "ledger.example/other\n\nwith a blank line\n";
    let other = NoteKey::new("ledger.example/other", *second.public_key().as_bytes()).unwrap();
    let sign = |m: &[u8]| second.sign(Purpose::Log, m).map(|s| s.0);
    seed(
        "note",
        "other",
        Note::sign(text, &other, sign).unwrap().unwrap().to_string(),
    );
    let witness = *key(9, Purpose::Witness).public_key().as_bytes();
    let witness = NoteKey::witness("witness.example", witness).unwrap();
    seed("note-key", "log", vkey(&fixture.log_signers[0]).to_string());
    seed("note-key", "witness", witness.to_string());
    seed("note-key", "tile", "tile/2/x001/x234/067");
    seed("note-key", "bundle", "tile/entries/000.p/28");
    seed("public-entry", "event", &fixture.entries[0]);
    seed("public-entry", "issued", &fixture.entries[20]);
    let document = r#"{"v":1,"type":"body.status_list_published","at":1,"digest":"#;
    let document = format!("{document}\"{0}\",\"document\":\"{0}\"}}", "0a".repeat(32));
    seed("public-entry", "document", document);
    let bundle = write_bundle(&fixture.entries[18..22]).unwrap();
    seed(
        "entry-bundle",
        "four",
        [&[0, 4], bundle.as_slice()].concat(),
    );
    let note = Note::parse(checkpoint.as_bytes()).unwrap();
    let request = AddCheckpoint::new(20, vec![[7; 32]; 3], note).unwrap();
    seed("add-checkpoint", "three", request.to_string());
    let policy = format!(
        "# who\nlog {} https://ledger.example/\nwitness w1 {witness} https://witness.example/\n\
         group all-of-us all w1\ngroup some 1 all-of-us\nquorum some\n",
        fixture.log_vkey()
    );
    seed("witness-policy", "groups", policy);
    seed(
        "witness-policy",
        "none",
        format!("log {}\nquorum none\n", fixture.log_vkey()),
    );
}

fn write_wallet() {
    let code = Code::new([5; 32]);
    let grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code";
    let asked = format!("{grant}&pre-authorized_code={}&tx_code=1234", code.as_str());
    seed("wallet", "token-request", asked);
    let asked = r#"{"credential_configuration_id":"level.sd-jwt-vc"}"#;
    seed("wallet", "credential-request", asked);
}

/// A file of three attachments with a table of cross-references, and one with streams of them.
fn write_pdf(fixture: &Fixture) {
    let attachments = [
        ("S1.json", fixture.bytes(0)),
        ("S1.tlog-proof", &fixture.proof_bytes(0)),
        ("trust-list.json", b"{}"),
    ];
    let mut names = Vec::new();
    let mut objects = vec![Vec::new()];
    for (name, content) in attachments {
        let n = objects.len() + 1;
        names.extend(format!("({name}) {n} 0 R ").bytes());
        let next = n + 1;
        objects.push(format!("<</F ({name}) /UF ({name}) /EF <</F {next} 0 R>>>>").into_bytes());
        objects.push(stream("/Type /EmbeddedFile", content));
    }
    let names = String::from_utf8(names).unwrap();
    let catalog = format!("<</Type/Catalog/Names<</EmbeddedFiles<</Names[{names}]>>>>>>");
    objects[0] = catalog.into_bytes();
    let (mut file, places) = body(&objects);
    let start = file.len();
    let size = objects.len() + 1;
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\n").bytes());
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    seed("input", "pdf", &file);
    seed("pdf", "table", file);

    let (mut file, places) = body(&objects);
    let start = file.len();
    let mut table = vec![0, 0, 0, 255];
    for place in places.iter().chain([&start]) {
        table.push(1);
        table.extend(u16::try_from(*place).unwrap().to_be_bytes());
        table.push(0);
    }
    let entries = format!("/Type /XRef /W [1 2 1] /Size {} /Root 1 0 R", size + 1);
    file.extend(format!("{size} 0 obj\n").bytes());
    file.extend(stream(&entries, &table));
    file.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    seed("pdf", "streams", file);
}

fn body(objects: &[Vec<u8>]) -> (Vec<u8>, Vec<usize>) {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", n + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    (file, places)
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(content).unwrap();
    let packed = zlib.finish().unwrap();
    let length = packed.len();
    let head = format!("<<{entries} /Filter /FlateDecode /Length {length}>>\nstream\n");
    let mut bytes = head.into_bytes();
    bytes.extend(packed);
    bytes.extend(b"\nendstream");
    bytes
}

fn write_pictures(fixture: &Fixture) {
    let credential = std::str::from_utf8(fixture.bytes(0)).unwrap();
    let dot = Pixels {
        width: 1,
        height: 1,
        rgba: &[255; 4],
    };
    let badge = png::bake(dot, credential).unwrap();
    seed("badge-png", "certificate", &badge);
    seed("badge-png", "small", png::bake(dot, "{}").unwrap());
    seed("input", "badge-png", badge);
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>";
    let badge = svg::bake(picture, credential).unwrap();
    seed("badge-svg", "certificate", &badge);
    seed("input", "badge-svg", badge);
    let sections = svg::bake(picture, "a]]>b&amp;").unwrap();
    seed("badge-svg", "sections", sections);
    let escaped = format!(
        "<?xml version=\"1.0\"?><svg xmlns:o=\"{}\"><o:credential>&#123;&quot;&lt;}}</o:credential></svg>",
        svg::NAMESPACE
    );
    seed("badge-svg", "escaped", escaped);
    seed("input", "json", fixture.bytes(0));
    seed("input", "qr", fixture.coat(0, Coat::Qr));
    let code = text::to_url("ledger.example", fixture.coat(0, Coat::Qr));
    for (name, of) in [("certificate", code.as_str()), ("short", "A")] {
        let side = if of.len() > 9 { 264 } else { 96 };
        let picture = Picture::of_code(of, side, side, 3);
        seed("photo", name, picture.png());
    }
    let small = Picture::of_code("A", 96, 96, 3);
    let small = image::GrayImage::from_raw(96, 96, small.grey).unwrap();
    let mut jpeg = Cursor::new(Vec::new());
    small.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    seed("photo", "jpeg", jpeg.into_inner());
}

fn write_list(fixture: &Fixture) {
    let number = |n: usize| fixture.issued[n].claims.number.to_string();
    let name = |n: usize| &fixture.issued[n].claims.holder.name;
    let list = format!(
        "报名情况,,\n姓名,证书编号,身份证号后四位,备注\n{},{},0016,\"=1+1\"\n{},{},,\n某人,S12,,\n{0},{1},,\n制表：王芳,,,\n",
        name(0),
        number(0),
        name(1),
        number(1)
    );
    let beside = Beside {
        headings: vec![String::from("结果")],
        other_headings: Vec::new(),
        cells: HashMap::new(),
        made_at: 0,
    };
    let workbook = read_list(list.as_bytes()).unwrap();
    seed(
        "list",
        "sheet.xlsx",
        workbook.write(Format::Xlsx, &beside).unwrap(),
    );
    seed("list", "sheet.csv", list);
    let english = format!("No;Certificate number;Name\n1;{};{}\n", number(0), name(0));
    seed("list", "english.csv", english);
}

fn write_sheets() {
    let samples = folder().join("../../src/cli/demo/samples");
    for name in ["welders.csv", "carers.xlsx"] {
        seed("sheet", name, std::fs::read(samples.join(name)).unwrap());
    }
}
