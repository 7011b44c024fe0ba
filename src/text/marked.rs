//! Letters with marks, after the plain letter that they are made of: of Latin, Greek and Cyrillic.
//!
//! Written out, since to ask for the parts of every letter takes longer than to search a megabyte.

/// Plain letters, each with those that Unicode (16.0, canonical decomposition) makes of it and
/// combining marks. Sorted by the plain letter.
#[expect(clippy::unicode_not_nfc, reason = "texts hold the second form of a Greek accent, too")]
#[rustfmt::skip]
const COMPOSED: [&str; 106] = [
    "AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ", "BḂḄḆ", "CÇĆĈĊČḈ", "DĎḊḌḎḐḒ", "EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ",
    "FḞ", "GĜĞĠĢǦǴḠ", "HĤȞḢḤḦḨḪ", "IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ", "JĴ", "KĶǨḰḲḴ", "LĹĻĽḶḸḺḼ", "MḾṀṂ",
    "NÑŃŅŇǸṄṆṈṊ", "OÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ", "PṔṖ", "RŔŖŘȐȒṘṚṜṞ", "SŚŜŞŠȘṠṢṤṦṨ",
    "TŢŤȚṪṬṮṰ", "UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ", "VṼṾ", "WŴẀẂẄẆẈ", "XẊẌ", "YÝŶŸȲẎỲỴỶỸ", "ZŹŻŽẐẒẔ",
    "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇ", "cçćĉċčḉ", "dďḋḍḏḑḓ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
    "fḟ", "gĝğġģǧǵḡ", "hĥȟḣḥḧḩḫẖ", "iìíîïĩīĭįǐȉȋḭḯỉị", "jĵǰ", "kķǩḱḳḵ", "lĺļľḷḹḻḽ", "mḿṁṃ",
    "nñńņňǹṅṇṉṋ", "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ", "pṕṗ", "rŕŗřȑȓṙṛṝṟ", "sśŝşšșṡṣṥṧṩ",
    "tţťțṫṭṯṱẗ", "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹ",
    "zźżžẑẓẕ", "ÆǢǼ", "ØǾ", "æǣǽ", "øǿ", "ſẛ", "ƷǮ", "ʒǯ", "ΑΆἈἉἊἋἌἍἎἏᾈᾉᾊᾋᾌᾍᾎᾏᾸᾹᾺΆᾼ", "ΕΈἘἙἚἛἜἝῈΈ",
    "ΗΉἨἩἪἫἬἭἮἯᾘᾙᾚᾛᾜᾝᾞᾟῊΉῌ", "ΙΊΪἸἹἺἻἼἽἾἿῘῙῚΊ", "ΟΌὈὉὊὋὌὍῸΌ", "ΡῬ", "ΥΎΫὙὛὝὟῨῩῪΎ",
    "ΩΏὨὩὪὫὬὭὮὯᾨᾩᾪᾫᾬᾭᾮᾯῺΏῼ", "αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ", "εέἐἑἒἓἔἕὲέ",
    "ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ", "ιΐίϊἰἱἲἳἴἵἶἷὶίῐῑῒΐῖῗ", "οόὀὁὂὃὄὅὸό", "ρῤῥ",
    "υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ", "ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ", "ϒϓϔ", "ІЇ", "АӐӒ", "ГЃ", "ЕЀЁӖ", "ЖӁӜ",
    "ЗӞ", "ИЍЙӢӤ", "КЌ", "ОӦ", "УЎӮӰӲ", "ЧӴ", "ЫӸ", "ЭӬ", "аӑӓ", "гѓ", "еѐёӗ", "жӂӝ", "зӟ", "ийѝӣӥ",
    "кќ", "оӧ", "уўӯӱӳ", "чӵ", "ыӹ", "эӭ", "ії", "ѴѶ", "ѵѷ", "ӘӚ", "әӛ", "ӨӪ", "өӫ",
];

/// Letters with a stroke and the like, which Unicode does not decompose, after their plain form.
const STROKED: [&str; 12] =
    ["OØ", "oø", "LŁ", "lł", "DĐ", "dđ", "HĦ", "hħ", "TŦ", "tŧ", "bƀ", "iı"];

/// The letters that are a plain one with marks, or with a stroke.
pub(super) fn marked(plain: char) -> impl Iterator<Item = char> {
    let first = |letters: &&str| letters.chars().next();
    let composed = COMPOSED.binary_search_by_key(&Some(plain), first);
    let composed = composed.ok().map(|index| COMPOSED[index]);
    let stroked = STROKED.iter().copied().find(|letters| letters.starts_with(plain));
    composed.into_iter().chain(stroked).flat_map(|letters| letters.chars().skip(1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use unicode_normalization::char::decompose_canonical;

    use super::*;

    #[test]
    fn the_letters_are_those_that_unicode_makes() {
        let mut made: BTreeMap<char, String> = BTreeMap::new();
        for letter in [0xC0..0x250, 0x370..0x530, 0x1E00..0x2000].into_iter().flatten() {
            let Some(letter) = char::from_u32(letter) else { continue };
            let mut parts = Vec::new();
            decompose_canonical(letter, |part| parts.push(part));
            let marks = parts[1..].iter().all(|part| matches!(part, '\u{300}'..='\u{36F}'));
            if parts.len() > 1 && marks && parts[0].is_alphabetic() {
                made.entry(parts[0]).or_insert_with(|| parts[0].to_string()).push(letter);
            }
        }
        assert!(made.values().eq(COMPOSED.iter()), "{made:?}");
    }

    #[test]
    fn a_letter_may_have_marks_or_a_stroke_or_both() {
        let of = |plain| marked(plain).collect::<String>();
        assert_eq!((of('j').as_str(), of('D').as_str()), ("ĵǰ", "ĎḊḌḎḐḒĐ"));
        assert!(of('O').ends_with('Ø') && of('q').is_empty());
    }
}
