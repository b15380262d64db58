//! Configuration in documents: docker-compose, Kubernetes, ECS, SAM and CloudFormation, Serverless, GitHub workflows.
//!
//! They all say the same thing in three shapes: a map `AWS_REGION: us-west-2`, an item `{name: AWS_REGION, value:
//! us-west-2}`, an item `AWS_REGION=us-west-2`. What differs is what the variable is set for: the nearest service,
//! container, function or job above it.

use super::{Account, Annotation, Found, Platform, Said, Setting, Text, variable};
use crate::document::{self, Data, Node};
use crate::place::Place;
use std::path::Path;

pub(super) fn yaml(path: &Path, text: &str) -> Found {
    // Helm's templates are not YAML before they are rendered.
    if text.contains("{{-")
        || text.contains("{{ ") && path.components().any(|part| part.as_os_str() == "templates")
    {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for document in document::yaml(path, text)? {
        read(path, &document, &mut found);
        serverless(path, &document, &mut found);
    }
    Ok(found)
}

pub(super) fn json(path: &Path, text: &str) -> Found {
    let mut found = Vec::new();
    read(path, &document::json(path, text)?, &mut found);
    Ok(found)
}

/// Keys whose entries are each a thing of its own, named by the entry's key.
const NAMED_BY_KEY: [&str; 4] = ["services", "functions", "jobs", "Resources"];
/// Keys whose items are each a thing of its own, named by the item's `name`.
const NAMED_BY_ITEM: [&str; 4] =
    ["containers", "initContainers", "containerDefinitions", "ContainerDefinitions"];

fn read(path: &Path, document: &Node, found: &mut Vec<Setting>) {
    let name = document.at(&["metadata", "name"]).and_then(Node::text).unwrap_or_default();
    accounts(path, document, name, found);
    descend(path, document, name, "", found);
}

/// Kubernetes: what service accounts are annotated with, and which one pods run as.
fn accounts(path: &Path, document: &Node, unit: &str, found: &mut Vec<Setting>) {
    let namespace = document.at(&["metadata", "namespace"]).and_then(Node::text).map(String::from);
    let account = |name: &str| Account { namespace: namespace.clone(), name: name.into() };
    let own = document.get("kind").and_then(Node::text) == Some("ServiceAccount");
    let own = own.then(|| account(unit));
    document.walk(&mut |node| {
        for (key, value) in node.entries() {
            let annotated = |annotation| Said::Annotation { account: own.clone(), annotation };
            let said = match (key, value.text()) {
                ("eks.amazonaws.com/role-arn", _) => annotated(Annotation::Role),
                ("eks.amazonaws.com/sts-regional-endpoints", text) => {
                    annotated(Annotation::RegionalEndpoints(text == Some("true")))
                }
                // `serviceAccount` is the older name of the same field (Kubernetes API reference, PodSpec).
                ("serviceAccountName" | "serviceAccount", Some(name)) if !name.is_empty() => {
                    Said::RunsAs(account(name))
                }
                _ => continue,
            };
            let unit = if own.is_some() { "" } else { unit };
            found.push(Setting { said, unit: unit.into(), place: Place::new(path, value.line) });
        }
    });
}

fn runs_in(path: &Path, line: usize, unit: &str, platform: Platform, region: Option<String>) -> Setting {
    Setting { said: Said::RunsIn { platform, region }, unit: unit.into(), place: Place::new(path, line) }
}

/// Serverless: every function runs in Lambda, in the region of the provider (serverless.yml reference, `provider.region`).
fn serverless(path: &Path, document: &Node, found: &mut Vec<Setting>) {
    let is_aws = document.at(&["provider", "name"]).and_then(Node::text) == Some("aws");
    let Some(functions) = document.get("functions").filter(|_| is_aws) else { return };
    let region = document.at(&["provider", "region"]).and_then(Node::text).map(Text::read);
    let region = region.as_ref().and_then(Text::known).map(String::from);
    for (name, function) in functions.entries() {
        found.push(runs_in(path, function.line, name, Platform::Lambda, region.clone()));
    }
}

/// The action exports its input as both variables, unless it only writes a profile (aws-actions/configure-aws-credentials,
/// README, `output-env-credentials`).
fn configured_by_action(path: &Path, step: &Node, unit: &str, found: &mut Vec<Setting>) {
    let action = step.get("uses").and_then(Node::text).unwrap_or_default();
    if !action.starts_with("aws-actions/configure-aws-credentials@") {
        return;
    }
    let input = |name: &str| step.at(&["with", name]);
    let exports = match input("output-env-credentials").and_then(Node::text) {
        Some(told) => told == "true",
        None => input("aws-profile").is_none(),
    };
    if let Some((line, text)) =
        input("aws-region").and_then(|region| Some((region.line, region.text()?))).filter(|_| exports)
    {
        for name in ["AWS_DEFAULT_REGION", "AWS_REGION"] {
            found.extend(variable(name, Text::read(text), unit, Place::new(path, line)));
        }
    }
}

fn descend(path: &Path, node: &Node, unit: &str, under: &str, found: &mut Vec<Setting>) {
    match &node.data {
        Data::Map(entries) => {
            if let (Some(name), value) = (
                node.get("name").or_else(|| node.get("Name")).and_then(Node::text),
                node.get("value").or_else(|| node.get("Value")),
            ) {
                let line = value.map_or(node.line, |value| value.line);
                let text = match value.and_then(Node::text) {
                    Some(text) => Text::read(text),
                    None => Text::PutInLater("a value from elsewhere".into()),
                };
                if value.is_some() || node.get("valueFrom").is_some() {
                    found.extend(variable(name, text, unit, Place::new(path, line)));
                }
            }
            for (key, value) in entries {
                if let Some(text) = value.text() {
                    found.extend(variable(key, Text::read(text), unit, Place::new(path, value.line)));
                }
                let inner = if NAMED_BY_KEY.contains(&under) { key.as_str() } else { unit };
                let kind = value.get("Type").and_then(Node::text).filter(|_| under == "Resources");
                if let Some(platform) = kind.and_then(Platform::of_resource) {
                    found.push(runs_in(path, value.line, inner, platform, None));
                }
                descend(path, value, inner, key, found);
            }
        }
        Data::List(items) => {
            for item in items {
                configured_by_action(path, item, unit, found);
                if let Some((name, text)) = item.text().and_then(|text| text.split_once('=')) {
                    found.extend(variable(name, Text::read(text), unit, Place::new(path, item.line)));
                }
                let own = item.get("name").or_else(|| item.get("Name")).and_then(Node::text);
                // A task definition on its own, as `aws ecs register-task-definition` takes it.
                if let Some(own) = own.filter(|_| under == "containerDefinitions" && unit.is_empty()) {
                    found.push(runs_in(path, item.line, own, Platform::Ecs, None));
                }
                match own {
                    Some(own) if NAMED_BY_ITEM.contains(&under) && !unit.is_empty() && unit != own => {
                        descend(path, item, &format!("{unit}/{own}"), "", found);
                    }
                    Some(own) if NAMED_BY_ITEM.contains(&under) => descend(path, item, own, "", found),
                    _ => descend(path, item, unit, "", found),
                }
            }
        }
        Data::Text(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Said, read};
    use super::*;

    fn said(path: &str, text: &str) -> Vec<String> {
        read(Path::new(path), text)
            .unwrap()
            .into_iter()
            .map(|setting| match setting.said {
                Said::Variable { name, text: Text::Known(text) } => {
                    format!("{} [{}] {name}={text}", setting.place.line, setting.unit)
                }
                Said::Variable { name, text: Text::PutInLater(text) } => {
                    format!("{} [{}] {name} later: {text}", setting.place.line, setting.unit)
                }
                other => format!("{} [{}] {other:?}", setting.place.line, setting.unit),
            })
            .collect()
    }

    #[test]
    fn compose_in_both_shapes() {
        let text = "services:\n  web:\n    environment:\n      AWS_REGION: us-west-2\n  worker:\n    environment:\n      - AWS_REGION=eu-west-1\n      - AWS_PROFILE=${PROFILE}\n";
        assert_eq!(
            said("compose.yaml", text),
            [
                "4 [web] AWS_REGION=us-west-2",
                "7 [worker] AWS_REGION=eu-west-1",
                "8 [worker] AWS_PROFILE later: ${PROFILE}"
            ]
        );
    }

    #[test]
    fn kubernetes_with_a_bound_service_account() {
        let text = "kind: ServiceAccount\nmetadata:\n  name: api\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/api\n    eks.amazonaws.com/sts-regional-endpoints: \"true\"\n---\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          env:\n            - name: AWS_REGION\n              value: eu-west-2\n            - name: AWS_ROLE_ARN\n              valueFrom: {}\n";
        assert_eq!(
            said("deploy.yaml", text),
            [
                "5 [] Annotation { account: Some(Account { namespace: None, name: \"api\" }), annotation: Role }",
                "6 [] Annotation { account: Some(Account { namespace: None, name: \"api\" }), annotation: RegionalEndpoints(true) }",
                "18 [api/main] AWS_REGION=eu-west-2",
                "19 [api/main] AWS_ROLE_ARN later: a value from elsewhere",
            ]
        );
    }

    #[test]
    fn cloudformation_and_ecs() {
        let text = "Resources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Properties:\n      Environment:\n        Variables:\n          AWS_STS_REGIONAL_ENDPOINTS: legacy\n          AWS_DEFAULT_REGION: !Ref AWS::Region\n";
        assert_eq!(
            said("template.yaml", text),
            [
                "2 [Fn] RunsIn { platform: Lambda, region: None }",
                "7 [Fn] AWS_STS_REGIONAL_ENDPOINTS=legacy",
                "8 [Fn] AWS_DEFAULT_REGION later: !Ref AWS::Region"
            ]
        );
        let ecs = "{\"containerDefinitions\": [{\"name\": \"app\",\n\"environment\": [{\"name\": \"AWS_REGION\",\n\"value\": \"us-east-2\"}]}]}";
        assert_eq!(
            said("task.json", ecs),
            ["1 [app] RunsIn { platform: Ecs, region: None }", "3 [app] AWS_REGION=us-east-2"]
        );
    }

    #[test]
    fn serverless_functions_run_in_the_providers_region() {
        let text = "provider:\n  name: aws\n  region: eu-west-1\nfunctions:\n  api:\n    handler: a.b\n";
        assert_eq!(
            said("serverless.yml", text),
            ["5 [api] RunsIn { platform: Lambda, region: Some(\"eu-west-1\") }"]
        );
        let elsewhere = text.replace("aws", "google").replace("eu-west-1", "${opt:region}");
        assert_eq!(said("serverless.yml", &elsewhere), [""; 0]);
        let later = text.replace("eu-west-1", "${opt:region}");
        assert_eq!(said("serverless.yml", &later), ["5 [api] RunsIn { platform: Lambda, region: None }"]);
    }

    #[test]
    fn a_pod_runs_as_its_service_account() {
        let text = "kind: CronJob\nmetadata: {name: nightly, namespace: jobs}\nspec:\n  jobTemplate:\n    spec:\n      serviceAccountName: reader\n";
        assert_eq!(
            said("job.yaml", text),
            ["6 [nightly] RunsAs(Account { namespace: Some(\"jobs\"), name: \"reader\" })"]
        );
    }

    #[test]
    fn an_action_that_exports_its_region() {
        let with = |inputs: &str| {
            format!(
                "jobs:\n  a:\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          aws-region: eu-west-1\n{inputs}"
            )
        };
        let path = ".github/workflows/ci.yml";
        let exported = ["6 [a] AWS_DEFAULT_REGION=eu-west-1", "6 [a] AWS_REGION=eu-west-1"];
        assert_eq!(said(path, &with("")), exported);
        assert_eq!(said(path, &with("          aws-profile: dev\n")), [""; 0]);
        let both = "          aws-profile: dev\n          output-env-credentials: true\n";
        assert_eq!(said(path, &with(both)), exported);
    }

    #[test]
    fn workflows() {
        let text = "jobs:\n  build:\n    env:\n      AWS_REGION: us-west-2\n";
        assert_eq!(said(".github/workflows/ci.yml", text), ["4 [build] AWS_REGION=us-west-2"]);
    }
}
