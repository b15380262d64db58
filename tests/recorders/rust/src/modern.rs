//! Recorder for aws-config 1.x: options in code are given to the loader (`aws_config::defaults`). No transport is compiled in;
//! the HTTP client below keeps the request and answers itself.

mod common;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use common::{ask_metadata, chain, is_metadata, not_applicable, operation_in, outcome, sts_answer, Log, TOKEN_TTL};
use serde_json::Value;

#[derive(Debug, Clone)]
struct Catch(Log);

impl HttpConnector for Catch {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.push(request.uri(), request.headers().get("authorization"));
        let (status, ttl, body) = match is_metadata(request.uri()) {
            true => ask_metadata(request.method(), request.uri()),
            false => (200, None, sts_answer(operation_in(request.body().bytes()))),
        };
        let status = StatusCode::try_from(status).expect("a status");
        let mut response = HttpResponse::new(status, SdkBody::from(body));
        if let Some(ttl) = ttl {
            response.headers_mut().insert(TOKEN_TTL, ttl);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for Catch {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn failed<T, E, R>(result: Result<T, SdkError<E, R>>) -> Option<(String, String)>
where
    E: std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let error = result.err()?;
    let name = match &error {
        SdkError::ConstructionFailure(_) => "ConstructionFailure",
        SdkError::TimeoutError(_) => "TimeoutError",
        SdkError::DispatchFailure(_) => "DispatchFailure",
        SdkError::ResponseError(_) => "ResponseError",
        SdkError::ServiceError(_) => "ServiceError",
        _ => "SdkError",
    };
    Some((name.to_owned(), chain(&error)))
}

async fn provided(provider: impl ProvideCredentials) -> Option<(String, String)> {
    let error = provider.provide_credentials().await.err()?;
    let name = match &error {
        CredentialsError::CredentialsNotLoaded(_) => "CredentialsNotLoaded",
        CredentialsError::ProviderTimedOut(_) => "ProviderTimedOut",
        CredentialsError::InvalidConfiguration(_) => "InvalidConfiguration",
        CredentialsError::ProviderError(_) => "ProviderError",
        CredentialsError::Unhandled(_) => "Unhandled",
        _ => "other",
    };
    Some((format!("CredentialsError::{name}"), chain(&error)))
}

#[tokio::main(flavor = "current_thread")]
async fn record(scenario: &Value) -> Value {
    let log = Log::default();
    let code = &scenario["code"];
    let entry = scenario["entry"].as_str().expect("an entry");
    if !code["sts_regional_endpoints"].is_null() {
        return not_applicable("no such option in code");
    }
    if scenario["presign"] == true {
        return not_applicable("no presigner for this operation");
    }
    if !scenario["construction"].is_null() {
        return not_applicable("no such way to build a client");
    }
    if entry == "profile-assume-role" {
        common::KeysAfterEnvironmentStep::install();
    }
    if scenario["alone"] == true && entry != "client" {
        // As the providers' documentation shows: `.configure(&ProviderConfig::with_default_region().await)`.
        let config = ProviderConfig::without_region().with_http_client(Catch(log.clone())).load_default_region().await;
        let failed = match entry {
            "web-identity-env" => {
                provided(WebIdentityTokenCredentialsProvider::builder().configure(&config).build()).await
            }
            _ => provided(ProfileFileCredentialsProvider::builder().configure(&config).build()).await,
        };
        return outcome(&log, failed);
    }
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(Catch(log.clone()))
        .retry_config(RetryConfig::disabled());
    if let Some(region) = code["region"].as_str() {
        loader = loader.region(Region::new(region.to_owned()));
    }
    if let Some(endpoint) = code["endpoint"].as_str() {
        loader = loader.endpoint_url(endpoint);
    }
    if let Some(on) = code["use_fips"].as_bool() {
        loader = loader.use_fips(on);
    }
    if let Some(on) = code["use_dualstack"].as_bool() {
        loader = loader.use_dual_stack(on);
    }
    let config = loader.load().await;
    if entry != "client" {
        let provider = config.credentials_provider().expect("a credentials provider");
        return outcome(&log, provided(provider).await);
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
