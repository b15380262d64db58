//! The samples of RFC 3492, section 7.1, and what Node.js' `url.domainToASCII` says.

use sts_endpoint_core::punycode::{lower_host, push_label};

#[test]
fn labels_read_as_the_samples_of_rfc_3492() {
    for (label, code) in [
        ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
        ("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"),
        ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
        ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
        ("安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"),
        ("Hello-Another-Way-それぞれの場所", "Hello-Another-Way--fc4qua05auwb3674vfr0b"),
        ("ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"),
        ("MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e"),
        ("パフィーdeルンバ", "de-jg4avhby1noc0d"),
        ("そのスピードで", "d9juau41awczczp"),
        // Not one of the samples: a distance just over what the bias is adapted at, as Python's codec has it.
        ("\u{e0}\u{210}\u{33c}", "0ca22dzz"),
    ] {
        let mut out = String::from("a.");
        push_label(&mut out, label);
        assert_eq!(out, format!("a.xn--{code}"));
    }
}

#[test]
fn hosts_are_in_lower_case() {
    assert_eq!(lower_host("STS.日本.Ü.Example."), "sts.xn--wgv71a.xn--tda.example.");
}
