use super::file::{File, Value};
use super::syntax::{Object, Reader};
use super::*;

/// A file of these objects, numbered from 1, of which the first is the catalogue.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).bytes());
    }
    let start = file.len();
    file.extend(table.bytes());
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\n").bytes());
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    file
}

fn stream(content: &str) -> String {
    let length = content.len();
    format!("<</Type /EmbeddedFile /Length {length}>>\nstream\n{content}\nendstream")
}

/// A file with these attachments.
pub(in crate::credential::container) fn carrying(files: &[(&str, &str)]) -> Vec<u8> {
    let mut names = String::new();
    let mut objects = vec![String::new()];
    for (name, content) in files {
        let n = objects.len() + 1;
        names += &format!("({name}) {n} 0 R ");
        let next = n + 1;
        objects.push(format!(
            "<</F ({name}) /UF ({name}) /EF <</F {next} 0 R>>>>"
        ));
        objects.push(stream(content));
    }
    objects[0] = format!("<</Type/Catalog/Names<</EmbeddedFiles<</Names[{names}]>>>>>>");
    pdf(&objects.iter().map(String::as_str).collect::<Vec<_>>())
}

fn text(bytes: Option<Vec<u8>>) -> Option<String> {
    bytes.map(|it| String::from_utf8(it).unwrap())
}

#[test]
fn attachments_are_known_by_their_names() {
    let file = carrying(&[
        ("S1.json", "certificate"),
        ("notes.txt", "passed over"),
        ("S1.tlog-proof", "proof"),
        ("trust-list.json", "list"),
    ]);
    let found = attachments(&file).unwrap();
    let said = format!("{found:?}");
    assert_eq!(text(found.credential).as_deref(), Some("certificate"));
    assert_eq!(text(found.proof).as_deref(), Some("proof"));
    assert_eq!(text(found.trust_list).as_deref(), Some("list"));
    assert!(
        said.contains("Some(11)") && !said.contains("certificate"),
        "{said}"
    );
    assert_eq!(
        attachments(&pdf(&["<</Type/Catalog>>"])),
        Ok(Attachments::default())
    );
}

#[test]
fn two_of_one_sort_are_refused() {
    for names in [["a.json", "b.json"], ["a.tlog-proof", "a.tlog-proof"]] {
        let file = carrying(&[(names[0], "1"), (names[1], "2")]);
        assert_eq!(attachments(&file), Err(InvalidPdf::Ambiguous));
    }
}

#[test]
fn what_is_no_pdf_too_large_encrypted_or_damaged_has_its_error() {
    assert_eq!(attachments(b"{}"), Err(InvalidPdf::NotPdf));
    assert_eq!(attachments(b""), Err(InvalidPdf::NotPdf));
    assert_eq!(attachments(b"%PDF-1.7\n"), Err(InvalidPdf::Malformed));
    let mut large = pdf(&["<<>>"]);
    large.resize(FILE_BYTES_MAX + 1, b' ');
    assert_eq!(attachments(&large), Err(InvalidPdf::TooLarge));
    let text = String::from_utf8(carrying(&[("a.json", "1")])).unwrap();
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        attachments(text.replace(from, to).as_bytes())
    };
    let locked = changed("/Root 1 0 R", "/Encrypt 1 0 R /Root 1 0 R");
    assert_eq!(locked, Err(InvalidPdf::Encrypted));
    for (from, to) in [
        ("/Root 1 0 R", "/Rood 1 0 R"),
        ("/Root 1 0 R", "/Root 9 0 R"),
        ("/Root 1 0 R", "/Root 1 0 R /Root 2 0 R"),
        ("/Root 1 0 R", "/Root 1 0 R /Prev 0"),
        ("startxref\n", "startxref\n9"),
        ("endstream", "ends_ream"),
        ("/Length 1", "/Length -1"),
        ("/Length 1", "/Length 99999999999999999999"),
        ("/Length 1", "/Length 3 0 R"),
        ("/Length 1", "/Filter/LZWDecode/Length 1"),
        ("/Length 1", "/Filter/FlateDecode/Length 1"),
        ("/Length 1", "/DecodeParms 7/Length 1"),
        ("/EF <</F 3 0 R>>", "/EF <</F 2 0 R>>"),
        ("/EF <</F 3 0 R>>", "/EF <</G 3 0 R>>"),
        ("3 0 obj", "4 0 obj"),
        ("[(a.json) 2 0 R ]", "[(a.json)]"),
        ("[(a.json) 2 0 R ]", "2 0 R"),
        ("/F (a.json) /UF (a.json)", "/F 12 /UF 13"),
    ] {
        assert_eq!(
            changed(from, to),
            Err(InvalidPdf::Malformed),
            "{from} → {to}"
        );
    }
}

#[test]
fn name_trees_are_walked_once_and_not_too_deep() {
    let leaf = "<</Names[(a.json) 3 0 R]>>";
    let file = "<</F (a.json)/EF<</F 4 0 R>>>>";
    let content = stream("1");
    let kids = |kids: &str| format!("<</Names<</EmbeddedFiles<</Kids[{kids}]>>>>>>");
    let tree = |catalog: &str, leaf: &str| attachments(&pdf(&[catalog, leaf, file, &content]));
    assert!(tree(&kids("2 0 R"), leaf).unwrap().credential.is_some());
    assert_eq!(tree(&kids("2 0 R 2 0 R"), leaf), Err(InvalidPdf::Malformed));
    assert_eq!(
        tree(&kids("2 0 R"), "<</Kids[2 0 R]>>"),
        Err(InvalidPdf::Malformed)
    );
    assert_eq!(tree(&kids("<<>>"), leaf), Err(InvalidPdf::Malformed));
    // Ten nodes, each with the next for a kid.
    let mut objects = vec![kids("2 0 R")];
    objects.extend((3..=12).map(|n| format!("<</Kids[{n} 0 R]>>")));
    objects.push(leaf.replace("3 0 R", "1 0 R"));
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    assert_eq!(attachments(&pdf(&objects)), Err(InvalidPdf::TooLarge));
}

#[test]
fn names_are_read_in_every_spelling_and_without_their_folders() {
    let spelt = |spelling: &str| {
        let file = format!("<</UF {spelling}/EF<</F 3 0 R>>>>");
        let catalog = "<</Names<</EmbeddedFiles<</Names[(x) 2 0 R]>>>>>>";
        attachments(&pdf(&[catalog, &file, &stream("1")])).map(|it| it.credential.is_some())
    };
    for spelling in [
        "(a.json)",
        "(a\\056json)",
        "(a\\\n.json)",
        "((a).json)",
        "(folder/a.json)",
        "(C:\\\\a.json)",
        "<612e6a736f6e>",
        "<feff0061002e006a0073006f006e>",
        "<EFBB BF E8AF812E6A736F6E>",
    ] {
        assert_eq!(spelt(spelling), Ok(true), "{spelling}");
    }
    assert_eq!(spelt("<ff>"), Ok(false));
    assert_eq!(spelt("<feffd800>"), Ok(false));
    assert_eq!(spelt("<6g>"), Err(InvalidPdf::Malformed));
    assert_eq!(spelt("(a.json"), Err(InvalidPdf::Malformed));
}

#[test]
fn objects_are_read_as_the_standard_writes_them() {
    let read = |text: &str| Reader::new(text.as_bytes(), 0).object();
    assert_eq!(read("12"), Ok(Object::Integer(12)));
    assert_eq!(read("12 0 R"), Ok(Object::Reference(12, 0)));
    assert_eq!(
        read("% a comment\r\n/A#42"),
        Ok(Object::Name(b"AB".to_vec()))
    );
    assert_eq!(
        read("(\\101\\7\\1234\\n\\q\r\n)"),
        Ok(Object::String(b"A\x07S4\nq\n".to_vec()))
    );
    assert_eq!(read("<7>"), Ok(Object::String(vec![0x70])));
    let array = Object::Array(vec![Object::Integer(1), Object::Integer(2), Object::Other]);
    assert_eq!(read("[1 2 -3.5]"), Ok(array));
    for bad in [
        "",
        "<<",
        "<</A>>",
        "[1",
        "/A#4",
        "word",
        "<<1 2>>",
        "<</A 1/A 2>>",
        "R",
        ")",
    ] {
        assert_eq!(read(bad), Err(InvalidPdf::Malformed), "{bad}");
    }
    assert_eq!(read(&"[".repeat(1000)), Err(InvalidPdf::TooLarge));
    assert_eq!(read(&"<</A".repeat(1000)), Err(InvalidPdf::TooLarge));
}

#[test]
fn what_unfolds_without_end_is_refused() {
    use std::io::Write;
    let mut bomb = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    let head = format!("<</Filter/FlateDecode/Length {}>>\nstream\n", bomb.len());
    let mut object = head.into_bytes();
    object.extend(&bomb);
    object.extend(b"\nendstream");
    // Written by hand, as it is not text.
    let mut file =
        b"%PDF-1.7\n1 0 obj\n<</Names<</EmbeddedFiles<</Names[(x) 2 0 R]>>>>>>\nendobj\n".to_vec();
    let second = file.len();
    file.extend(b"2 0 obj\n<</F(a.json)/EF<</F 3 0 R>>>>\nendobj\n");
    let third = file.len();
    file.extend(b"3 0 obj\n");
    file.extend(object);
    file.extend(b"\nendobj\n");
    let start = file.len();
    let line = |at: usize| format!("{at:010} 00000 n \n");
    let table = format!("xref\n1 3\n{}{}{}", line(9), line(second), line(third));
    file.extend(table.bytes());
    file.extend(format!("trailer <</Root 1 0 R>> startxref {start}").bytes());
    assert_eq!(attachments(&file), Err(InvalidPdf::TooLarge));
}

#[test]
fn references_that_go_in_circles_end() {
    let file = pdf(&["2 0 R", "3 0 R", "2 0 R"]);
    let mut file = File::read(&file).unwrap();
    let root = file.root().unwrap();
    assert!(file.resolve(&root).is_err());
    let nothing = file.resolve(&Object::Reference(99, 0)).unwrap();
    assert!(matches!(nothing, Value::Object(Object::Other)));
}
