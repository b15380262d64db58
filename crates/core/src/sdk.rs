//! The SDKs of AWS's table.

use core::fmt;
use core::str::FromStr;

/// One product of AWS's table "Compatibility with AWS SDKs" on the page "AWS STS Regional endpoints".
///
/// ```
/// use sts_endpoint_core::Sdk;
///
/// assert_eq!("java-v2".parse(), Ok(Sdk::JavaV2));
/// assert_eq!(Sdk::Boto3.name(), "boto3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "strum", derive(strum::EnumIter, strum::EnumCount))]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Sdk {
    /// AWS CLI version 1.
    CliV1,
    /// AWS CLI version 2.
    CliV2,
    /// AWS SDK for C++.
    Cpp,
    /// AWS SDK for Go V1.
    GoV1,
    /// AWS SDK for Go V2.
    GoV2,
    /// AWS SDK for Java 1.x.
    JavaV1,
    /// AWS SDK for Java 2.x.
    JavaV2,
    /// AWS SDK for JavaScript 2.x.
    JsV2,
    /// AWS SDK for JavaScript 3.x.
    JsV3,
    /// AWS SDK for Kotlin.
    Kotlin,
    /// AWS SDK for .NET, 3.x and 4.x.
    Dotnet,
    /// AWS SDK for PHP 3.x.
    Php,
    /// AWS Tools for PowerShell.
    Powershell,
    /// AWS SDK for Python (Boto3).
    Boto3,
    /// AWS SDK for Ruby 3.x.
    Ruby,
    /// AWS SDK for Rust.
    Rust,
    /// AWS SDK for Swift.
    Swift,
}

impl Sdk {
    /// Every SDK, in the order of AWS's table.
    pub const ALL: [Self; 17] = [
        Self::CliV1,
        Self::CliV2,
        Self::Cpp,
        Self::GoV1,
        Self::GoV2,
        Self::JavaV1,
        Self::JavaV2,
        Self::JsV2,
        Self::JsV3,
        Self::Kotlin,
        Self::Dotnet,
        Self::Php,
        Self::Powershell,
        Self::Boto3,
        Self::Ruby,
        Self::Rust,
        Self::Swift,
    ];

    /// The name used in policies, JSON and messages: `boto3`, `java-v2`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CliV1 => "cli-v1",
            Self::CliV2 => "cli-v2",
            Self::Cpp => "cpp",
            Self::GoV1 => "go-v1",
            Self::GoV2 => "go-v2",
            Self::JavaV1 => "java-v1",
            Self::JavaV2 => "java-v2",
            Self::JsV2 => "js-v2",
            Self::JsV3 => "js-v3",
            Self::Kotlin => "kotlin",
            Self::Dotnet => "dotnet",
            Self::Php => "php",
            Self::Powershell => "powershell",
            Self::Boto3 => "boto3",
            Self::Ruby => "ruby",
            Self::Rust => "rust",
            Self::Swift => "swift",
        }
    }

    /// The product's name as people write it: `SDK for Python (Boto3)`.
    pub const fn title(self) -> &'static str {
        match self {
            Self::CliV1 => "AWS CLI v1",
            Self::CliV2 => "AWS CLI v2",
            Self::Cpp => "SDK for C++",
            Self::GoV1 => "SDK for Go V1",
            Self::GoV2 => "SDK for Go V2",
            Self::JavaV1 => "SDK for Java 1.x",
            Self::JavaV2 => "SDK for Java 2.x",
            Self::JsV2 => "SDK for JavaScript 2.x",
            Self::JsV3 => "SDK for JavaScript 3.x",
            Self::Kotlin => "SDK for Kotlin",
            Self::Dotnet => "SDK for .NET",
            Self::Php => "SDK for PHP 3.x",
            Self::Powershell => "Tools for PowerShell",
            Self::Boto3 => "SDK for Python (Boto3)",
            Self::Ruby => "SDK for Ruby 3.x",
            Self::Rust => "SDK for Rust",
            Self::Swift => "SDK for Swift",
        }
    }
}

impl fmt::Display for Sdk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that is not one of the SDKs of AWS's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSdk;

impl fmt::Display for UnknownSdk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown SDK; expected one of")?;
        for sdk in Sdk::ALL {
            write!(f, " {sdk}")?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownSdk {}

impl FromStr for Sdk {
    type Err = UnknownSdk;

    fn from_str(text: &str) -> Result<Self, UnknownSdk> {
        Self::ALL.into_iter().find(|sdk| sdk.name() == text).ok_or(UnknownSdk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_those_of_the_documented_table() {
        assert_eq!(Sdk::Boto3.title(), "SDK for Python (Boto3)");
        assert_eq!(Sdk::CliV2.title(), "AWS CLI v2");
        assert_eq!(Sdk::Powershell.title(), "Tools for PowerShell");
    }
}
