//! A tree -> dependencies and settings, ignore files respected, in parallel.

use crate::packages::{self, Dependency};
use crate::place::{Place, Unreadable};
use crate::settings::{self, Said, Setting};
use ignore::{WalkBuilder, WalkState};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use sts_endpoint::profile::ProfileFile;

/// The largest file that is read: 64 MiB. A larger one is reported, not read.
pub const LARGEST_FILE: u64 = 64 << 20;

/// What a tree says.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// Dependencies, by place.
    pub dependencies: Vec<Dependency>,
    /// Settings, by place.
    pub settings: Vec<Setting>,
    /// The profile files found, by path.
    pub profile_files: BTreeMap<PathBuf, ProfileFile>,
    /// Files and folders that could not be read, by place.
    pub unreadable: Vec<Unreadable>,
    /// How many files were seen.
    pub files: usize,
}

/// Is told of progress.
pub trait Progress: Sync {
    /// So many files have been seen.
    fn seen(&self, files: usize);
}

impl Progress for () {
    fn seen(&self, _files: usize) {}
}

/// Keys and variables that hold secrets; their values are blanked as a file is read.
const SECRETS: [&str; 4] =
    ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"];

/// Walks a tree (or reads a single file). Hidden files are read too, `.git` is not; ignore files are respected.
/// Symbolic links are not followed.
///
/// Never fails: what could not be read is in [`Inventory::unreadable`].
pub fn walk(root: &Path, progress: &dyn Progress) -> Inventory {
    let collected = Mutex::new(Inventory::default());
    let seen = AtomicUsize::new(0);
    let walker = WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .filter_entry(|entry| !is_passed_over(entry.path(), entry.depth()))
        .build_parallel();
    walker.run(|| {
        let (collected, seen) = (&collected, &seen);
        Box::new(move |entry| {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    push(collected, |inventory| {
                        inventory
                            .unreadable
                            .push(Unreadable { place: Place::new(root, 1), what: error.to_string() });
                    });
                    return WalkState::Continue;
                }
            };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                return WalkState::Continue;
            }
            let files = seen.fetch_add(1, Ordering::Relaxed) + 1;
            if files % 256 == 0 {
                progress.seen(files);
            }
            let path = entry.path();
            let name =
                path.strip_prefix(root).ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(path);
            if packages::concerns(name) || settings::concerns(name) {
                let read = one(root, path, name);
                push(collected, |inventory| inventory.add(read));
            }
            WalkState::Continue
        })
    });
    let mut inventory = collected.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    inventory.files = seen.into_inner();
    inventory.dependencies.sort_by(|a, b| (&a.place, a.sdk).cmp(&(&b.place, b.sdk)));
    inventory.settings.sort_by(|a, b| a.place.cmp(&b.place));
    inventory.unreadable.sort_by(|a, b| a.place.cmp(&b.place));
    inventory
}

/// Folders that hold other people's code or nothing to read.
fn is_passed_over(path: &Path, depth: usize) -> bool {
    depth > 0 && path.file_name().is_some_and(|name| name == ".git" || name == "node_modules")
}

fn push(collected: &Mutex<Inventory>, add: impl FnOnce(&mut Inventory)) {
    add(&mut collected.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
}

impl Inventory {
    fn add(&mut self, other: Self) {
        self.dependencies.extend(other.dependencies);
        self.settings.extend(other.settings);
        self.profile_files.extend(other.profile_files);
        self.unreadable.extend(other.unreadable);
    }
}

/// What one file says.
fn one(root: &Path, path: &Path, name: &Path) -> Inventory {
    let mut inventory = Inventory::default();
    let mut refuse =
        |what: String| inventory.unreadable.push(Unreadable { place: Place::new(name, 1), what });
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(what) => {
            refuse(what);
            return inventory;
        }
    };
    let is_lock = packages::concerns(name);
    if !is_lock && !settings::may_hold(name, &bytes) {
        return inventory;
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line =
                error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count()
                    + 1;
            inventory
                .unreadable
                .push(Unreadable { place: Place::new(name, line), what: "is not UTF-8".into() });
            return inventory;
        }
    };
    if is_lock {
        let beside = |other: &Path| String::from_utf8(read(&root.join(other)).ok()?).ok();
        match packages::read_beside(name, &text, &beside) {
            Ok(found) => inventory.dependencies = found,
            Err(error) => inventory.unreadable.push(error),
        }
    }
    match settings::read(name, &text) {
        Ok(found) => inventory.settings = found,
        // It speaks of variables that matter, and nothing more can be said of it.
        Err(error) => inventory.unreadable.push(error),
    }
    for setting in &inventory.settings {
        if let Said::ProfileFile(kind) = setting.said {
            let file = ProfileFile::new(kind, &blanked(&text)).at_path(&name.display().to_string());
            inventory.profile_files.insert(name.into(), file);
        }
    }
    inventory
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(format!("is larger than {} MiB, and was not read", LARGEST_FILE >> 20));
    }
    Ok(bytes)
}

/// A profile file's text with the values of its secrets blanked; every line stays where it is.
fn blanked(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| match line.find(['=', ':']) {
            Some(at) if SECRETS.iter().any(|secret| secret.eq_ignore_ascii_case(line[..at].trim())) => {
                format!("{} BLANKED{}", &line[..=at], if line.ends_with('\n') { "\n" } else { "" })
            }
            _ => line.into(),
        })
        .collect()
}
