"""Loops: compiled, over the arrays of one segment.

An array goes by one name everywhere, and has one type and shape there: "u16 a posting" is one
unsigned number of 16 bits for each. Docstrings say what is in it:

    arrays, postings          see `lists.Inverted`, `lists.FieldPostings`
    docs, found, kept         i32 a document, in any order unless said; in lists u16
    bits, within, live        u64 for 64 documents: a set (`bitmaps`)
    scores, weights, others   f32 a document of the segment
    steps                     u8 a document of the segment: how near the nearest word is
    keys                      f32, i32 or u32 a document of the segment: what orders them
    heap                      i32, or i64 as its numbers are: the first ones, the last at the root
    lists                     i64 (lists, 5): see `lists.FIELD`
    bounds, starts, ends      i64: where parts begin, and where they end
    worths, nearness          f64 a term; i64 a list
    wanted                    i64 (stems, 2): see `lists.STEM`
    order, needed             i64 a word asked for, and a distinct one: see `rows`
    spans                     i64 (documents, 2): see `rows.FIRST`
    positions                 u16 or u32 an occurrence
    mapping                   u32 a word, or stem, of the segment: its number in the generation
    stems, ordinals           u32, u16 a word: its stem, its place among this stem's spellings
    varied, sizes, widths     u32, i64, i64 a stem with several spellings (`spellings`)
    ordinals_at, packed       u32 such a stem and an end, u8 a byte: of each field
    tfs                       u8 a posting; overflow_at, overflow_tfs: u32 a frequency beyond it
    data, sums, unchecked     u64 a word, u64 and bool a block: of each section (`checksums`)
    blocks                    words, sums and unchecked of one section, and its shift
    rows                      u32 a document and an end; u32 (stems + 1, fields, 2); f64 (hits, 4)
    earliest, latest          i32 a date: days
    bar_of, bars, places      i32 a document, a date, a value: where its count is
    counts                    i32 a value, i64 a bar or family
    family_of                 i32 a document of the segment: its family, or -1
    best_keys, best_docs      f32, i64 a family
    ranges, chosen            i64 (ranges, 3), i64 (numbers, 2)
    blob, offsets             u8 a byte, u32 a word and an end (`vocabulary`)
    letters, words            i64 a letter, i64 a word
    distances                 u8 a word
"""
