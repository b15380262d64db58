//! Recorder for aws-config 0.52 to 0.56, whose transports are tower services. Cargo features tell what the release has:
//! `options` (overrides and variants in code), `credential-types` (a crate of its own for providers), `any-connector`
//! (`ProviderConfig` takes any connector).

mod common;

use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
#[cfg(feature = "credential-types")]
use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_client::erase::DynConnector;
use aws_smithy_client::http_connector::HttpConnector;
use aws_smithy_http::body::SdkBody;
use aws_smithy_http::result::ConnectorError;
use aws_smithy_types::retry::RetryConfig;
#[cfg(not(feature = "credential-types"))]
use aws_types::credentials::ProvideCredentials;
use aws_types::region::Region;
use common::{ask_metadata, chain, is_metadata, not_applicable, operation_in, outcome, sts_answer, Log, TOKEN_TTL};
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

#[derive(Debug, Clone)]
struct Catch(Log);

impl tower::Service<http::Request<SdkBody>> for Catch {
    type Response = http::Response<SdkBody>;
    type Error = ConnectorError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<SdkBody>) -> Self::Future {
        let url = request.uri().to_string();
        let authorization = request.headers().get("authorization");
        self.0.push(&url, authorization.and_then(|value| value.to_str().ok()));
        let (status, ttl, body) = match is_metadata(&url) {
            true => ask_metadata(request.method().as_str(), &url),
            false => (200, None, sts_answer(operation_in(request.body().bytes()))),
        };
        let mut response = http::Response::builder().status(status);
        if let Some(ttl) = ttl {
            response = response.header(TOKEN_TTL, ttl);
        }
        let response = response.body(SdkBody::from(body)).expect("a response");
        Box::pin(async move { Ok(response) })
    }
}

/// The first word of an error's `Debug` form is its variant.
fn variant(error: &impl std::fmt::Debug) -> String {
    let text = format!("{error:?}");
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_owned()
}

fn failed<T, E: std::error::Error + 'static>(result: Result<T, E>) -> Option<(String, String)> {
    let error = result.err()?;
    Some((variant(&error), chain(&error)))
}

async fn provided(provider: impl ProvideCredentials) -> Option<(String, String)> {
    let error = provider.provide_credentials().await.err()?;
    Some((format!("CredentialsError::{}", variant(&error)), chain(&error)))
}

#[tokio::main(flavor = "current_thread")]
async fn record(scenario: &Value) -> Value {
    let log = Log::default();
    let code = &scenario["code"];
    let entry = scenario["entry"].as_str().expect("an entry");
    if !code["sts_regional_endpoints"].is_null() {
        return not_applicable("no such option in code");
    }
    #[cfg(not(feature = "options"))]
    if !code["use_fips"].is_null() || !code["use_dualstack"].is_null() {
        return not_applicable("no such option in code");
    }
    if scenario["presign"] == true {
        return not_applicable("no presigner for this operation");
    }
    if !scenario["construction"].is_null() {
        return not_applicable("no such way to build a client");
    }
    let connector = DynConnector::new(Catch(log.clone()));
    let transport = HttpConnector::Prebuilt(Some(connector.clone()));
    #[cfg(feature = "any-connector")]
    let provider_config = ProviderConfig::without_region().with_http_connector(transport.clone());
    #[cfg(not(feature = "any-connector"))]
    let provider_config = ProviderConfig::without_region().with_http_connector(connector);
    if entry == "profile-assume-role" {
        common::KeysAfterEnvironmentStep::install();
    }
    if scenario["alone"] == true && entry != "client" {
        // `ProviderConfig::with_default_region` of the documentation, with a transport.
        let region = aws_config::default_provider::region::DefaultRegionChain::builder().configure(&provider_config);
        let config = provider_config.with_region(region.build().region().await);
        let failed = match entry {
            "web-identity-env" => {
                provided(WebIdentityTokenCredentialsProvider::builder().configure(&config).build()).await
            }
            _ => provided(ProfileFileCredentialsProvider::builder().configure(&config).build()).await,
        };
        return outcome(&log, failed);
    }
    let mut loader = aws_config::from_env().http_connector(transport).retry_config(RetryConfig::disabled());
    if let Some(region) = code["region"].as_str() {
        loader = loader.region(Region::new(region.to_owned()));
    }
    #[cfg(feature = "options")]
    {
        if let Some(endpoint) = code["endpoint"].as_str() {
            loader = loader.endpoint_url(endpoint);
        }
        if let Some(on) = code["use_fips"].as_bool() {
            loader = loader.use_fips(on);
        }
        if let Some(on) = code["use_dualstack"].as_bool() {
            loader = loader.use_dual_stack(on);
        }
    }
    #[cfg(not(feature = "options"))]
    if let Some(endpoint) = code["endpoint"].as_str() {
        match aws_smithy_http::endpoint::Endpoint::immutable(endpoint) {
            Ok(endpoint) => loader = loader.endpoint_resolver(endpoint),
            Err(error) => {
                return common::error("InvalidEndpointError", &format!("invalid endpoint: {}", chain(&error)));
            }
        }
    }
    let config = loader.load().await;
    if entry != "client" {
        // The chain that `load` builds, which the configuration of these releases does not hand out.
        let mut builder = DefaultCredentialsChain::builder().configure(provider_config);
        builder.set_region(config.region().cloned());
        return outcome(&log, provided(builder.build().await).await);
    }
    let client = aws_sdk_sts::Client::new(&config);
    const ROLE: &str = "arn:aws:iam::123456789012:role/demo";
    let failed = match scenario["operation"].as_str().expect("an operation") {
        "GetCallerIdentity" => failed(client.get_caller_identity().send().await),
        "AssumeRole" => failed(client.assume_role().role_arn(ROLE).role_session_name("x").send().await),
        "AssumeRoleWithWebIdentity" => {
            let call = client.assume_role_with_web_identity().role_arn(ROLE).role_session_name("x");
            failed(call.web_identity_token("dummy").send().await)
        }
        "AssumeRoleWithSAML" => {
            let principal = "arn:aws:iam::123456789012:saml-provider/p";
            let call = client.assume_role_with_saml().role_arn(ROLE).principal_arn(principal);
            failed(call.saml_assertion("ZHVtbXk=").send().await)
        }
        "GetSessionToken" => failed(client.get_session_token().send().await),
        "GetFederationToken" => failed(client.get_federation_token().name("bob").send().await),
        "DecodeAuthorizationMessage" => {
            failed(client.decode_authorization_message().encoded_message("x").send().await)
        }
        "GetAccessKeyInfo" => {
            failed(client.get_access_key_info().access_key_id("AKIAIOSFODNN7EXAMPLE").send().await)
        }
        other => panic!("operation {other}"),
    };
    outcome(&log, failed)
}

fn main() {
    common::main(|scenario| record(scenario));
}
