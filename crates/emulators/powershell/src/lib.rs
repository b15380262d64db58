//! How the AWS Tools for PowerShell pick their STS endpoint: what a cmdlet does on top of the SDK for .NET that it carries.
//!
//! ```
//! use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
//! use sts_endpoint_powershell::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-west-2");
//! let (policy, _) = HISTORY.policy_at(Release::new(&[4, 1, 80]))?;
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.amazonaws.com/ signed for us-east-1");
//! let policy = HISTORY.latest();
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
//! # Ok::<(), sts_endpoint_core::UnknownRelease>(())
//! ```
//!
//! A cmdlet finds its region itself, the profile `default` before the environment, and fails without one; so the SDK's fallback is
//! out of reach. Everything else is the SDK's: this crate adds the cmdlet's part to [`sts_endpoint_dotnet`]. None of this was run; it
//! is read from `modules/…/Common/BaseCmdlets.cs` and `RegionCmdlets.cs` of aws/aws-tools-for-powershell. Code stands for the parameters
//! of a cmdlet and its `-ClientConfig`.
#![no_std]
#![forbid(unsafe_code)]

mod history;
mod quirks;

pub use history::HISTORY;

use sts_endpoint_core::{
    Accept, Behaviour, Chain, Entry, Failure, FailureCategory, Look, Outcome, Scenario, Source, Trace, Value,
};
use sts_endpoint_dotnet::Dotnet;

/// What the tools do at a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PowerShell {
    /// The SDK inside.
    sdk: Dotnet,
    /// A cmdlet without a region fails. It always did; the documented editions say otherwise.
    needs_region: bool,
}

/// The region of a cmdlet (`BaseCmdlets.cs` `TryGetRegion`): -Region, the profile `default` (AWS_PROFILE has no part in it),
/// AWS_REGION, instance metadata.
const REGION: Chain = Chain::new(
    Value::Region,
    &[Source::Code("-Region"), Source::Profile("region"), Source::Variable("AWS_REGION"), Source::Metadata],
);

impl Behaviour for PowerShell {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        if scenario.entry != Entry::Client {
            // The client inside a provider goes by the SDK's own rules, and never sees -Region.
            return self.sdk.resolve(scenario, trace);
        }
        let saved = self.sdk.profile(scenario, "default");
        match REGION.first(&mut Look::new(scenario, &saved, trace), Accept::NonEmpty) {
            Some(region) => self.sdk.resolve_for_cmdlet(scenario, region, trace),
            None if self.needs_region => Failure::new(
                FailureCategory::MissingRegion,
                "InvalidOperationException",
                "No region specified or obtained from persisted/shell defaults.",
            )
            .into(),
            None => self.sdk.resolve(scenario, trace),
        }
    }
}
