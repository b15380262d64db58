//! Readers of profile files, and what they made of a file: kept beside its text, so that a file is read once by each reader
//! however many values are looked up in it.

use super::ProfileFile;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::any::Any;
use core::fmt;
use once_cell::race::OnceBox;

/// Reads a profile file from top to bottom, as an SDK does.
///
/// What tells the readers of two releases apart (the characters that start a comment, say) is the reader's value.
///
/// ```
/// use sts_endpoint_core::profile::{FileKind, ProfileFile, Reader};
///
/// /// Takes every line with a colon for a pair.
/// #[derive(Clone, Copy, PartialEq)]
/// struct Colons;
///
/// impl Reader for Colons {
///     type Item<T: Send + Sync> = (T, T);
///
///     fn items<'f>(self, file: &'f ProfileFile) -> impl Iterator<Item = (&'f str, &'f str)> {
///         file.lines().filter_map(|(_, line)| line.split_once(':'))
///     }
///
///     fn map<T: Send + Sync, U: Send + Sync>((a, b): &(T, T), mut text: impl FnMut(&T) -> U) -> (U, U) {
///         (text(a), text(b))
///     }
/// }
///
/// let file = ProfileFile::new(FileKind::Config, "[default]\nregion:us-west-2\n");
/// assert_eq!(file.read(Colons).next(), Some(("region", "us-west-2")));
/// ```
pub trait Reader: Copy + PartialEq + Send + Sync + 'static {
    /// What it makes of a line, or of several; `T` stands for a piece of the file's text.
    type Item<T: Send + Sync>: Send + Sync;

    /// Reads a file. Every text in the items is a piece of the file's text, or empty.
    fn items(self, file: &ProfileFile) -> impl Iterator<Item = Self::Item<&str>>;

    /// The same item with every text replaced.
    fn map<T: Send + Sync, U: Send + Sync>(item: &Self::Item<T>, text: impl FnMut(&T) -> U) -> Self::Item<U>;
}

/// Where in a file's text a piece stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The place of a piece; an empty text of another origin is the empty piece at the start.
    fn of(text: &str, piece: &str) -> Self {
        let start = (piece.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
        let span = start.map(|start| Self { start, end: start.saturating_add(piece.len()) });
        let inside = span.filter(|span| span.of_text(text) == piece);
        debug_assert!(inside.is_some() || piece.is_empty(), "{piece:?} is no piece of the file");
        inside.unwrap_or(Self { start: 0, end: 0 })
    }

    fn of_text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// What a reader made of a file.
struct Kept<R: Reader> {
    reader: R,
    items: Vec<R::Item<Span>>,
}

/// What readers made of one file, one behind the other.
#[derive(Default)]
pub(super) struct Readings(OnceBox<(Box<dyn Any + Send + Sync>, Readings)>);

/// A copy of a file is read afresh.
impl Clone for Readings {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Who has read a file makes no other file of it.
impl PartialEq for Readings {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Readings {}

impl fmt::Debug for Readings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Readings")
    }
}

impl ProfileFile {
    /// What a reader makes of the file, top to bottom. It reads the file once, when it is asked first.
    pub fn read<R: Reader>(&self, reader: R) -> Items<'_, R> {
        let mut readings = &self.readings;
        loop {
            let (kept, next) = readings.0.get_or_init(|| {
                let items = reader.items(self).map(|item| R::map(&item, |piece| Span::of(&self.text, piece)));
                Box::new((Box::new(Kept { reader, items: items.collect() }), Readings::default()))
            });
            match kept.downcast_ref::<Kept<R>>() {
                Some(kept) if kept.reader == reader => {
                    return Items { text: &self.text, rest: &kept.items };
                }
                _ => readings = next,
            }
        }
    }

    /// The file's text from the start of one piece of it to the end of another, which stands below.
    ///
    /// ```
    /// use sts_endpoint_core::profile::{FileKind, ProfileFile};
    ///
    /// let file = ProfileFile::new(FileKind::Config, "[default]\na = b\n  c\n");
    /// let (value, more) = (&file.text()[14..15], &file.text()[18..19]);
    /// assert_eq!(file.through(value, more), "b\n  c");
    /// ```
    pub fn through<'f>(&'f self, from: &'f str, to: &'f str) -> &'f str {
        let (start, end) = (Span::of(&self.text, from).start, Span::of(&self.text, to).end);
        self.text.get(start..end).unwrap_or(from)
    }
}

/// What a reader made of a file, or of the rest of one. See [`ProfileFile::read`].
pub struct Items<'f, R: Reader> {
    text: &'f str,
    rest: &'f [R::Item<Span>],
}

/// A place in a file to read on from is kept by value.
impl<R: Reader> Copy for Items<'_, R> {}

impl<R: Reader> Clone for Items<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Reader> fmt::Debug for Items<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("left", &self.rest.len()).finish_non_exhaustive()
    }
}

impl<'f, R: Reader> Iterator for Items<'f, R> {
    type Item = R::Item<&'f str>;

    fn next(&mut self) -> Option<Self::Item> {
        let (item, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(R::map(item, |span| span.of_text(self.text)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len(), Some(self.rest.len()))
    }
}

impl<R: Reader> DoubleEndedIterator for Items<'_, R> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (item, rest) = self.rest.split_last()?;
        self.rest = rest;
        Some(R::map(item, |span| span.of_text(self.text)))
    }
}

impl<R: Reader> ExactSizeIterator for Items<'_, R> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::FileKind;

    #[derive(Clone, Copy, PartialEq)]
    struct Split(char);

    impl Reader for Split {
        type Item<T: Send + Sync> = (usize, T);

        fn items(self, file: &ProfileFile) -> impl Iterator<Item = (usize, &str)> {
            file.text().split(self.0).enumerate()
        }

        fn map<T: Send + Sync, U: Send + Sync>(
            (at, piece): &(usize, T),
            mut text: impl FnMut(&T) -> U,
        ) -> (usize, U) {
            (*at, text(piece))
        }
    }

    #[test]
    fn readers_of_one_type_and_another_value_do_not_share() {
        let file = ProfileFile::new(FileKind::Config, "a,b;c");
        for _ in 0..2 {
            assert!(file.read(Split(',')).map(|(_, text)| text).eq(["a", "b;c"]));
            assert!(file.read(Split(';')).rev().map(|(at, _)| at).eq([1, 0]));
        }
        assert_eq!(file.read(Split(',')).len(), 2);
    }

    #[test]
    fn a_copy_of_a_file_is_read_afresh_and_equal() {
        let file = ProfileFile::new(FileKind::Config, "a,b");
        let first = file.read(Split(',')).next();
        let copy = file.clone();
        assert_eq!(file, copy);
        assert_eq!(copy.read(Split(',')).next(), first);
    }

    #[test]
    fn an_empty_text_from_elsewhere_stays_empty() {
        assert_eq!(Span::of("abc", ""), Span { start: 0, end: 0 });
        let text = "abc";
        assert_eq!(Span::of(text, &text[3..]).of_text(text), "");
    }
}
