//! Configuration in documents: docker-compose, Kubernetes, ECS, SAM and CloudFormation, GitHub workflows.
//!
//! They all say the same thing in three shapes: a map `AWS_REGION: us-west-2`, an item `{name: AWS_REGION, value:
//! us-west-2}`, an item `AWS_REGION=us-west-2`. What differs is what the variable is set for: the nearest service,
//! container, function or job above it.

use super::{Found, Said, ServiceAccount, Setting, Text, variable};
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

/// The types of a Lambda function in SAM and CloudFormation.
pub(super) const FUNCTIONS: [&str; 2] = ["AWS::Lambda::Function", "AWS::Serverless::Function"];

fn read(path: &Path, document: &Node, found: &mut Vec<Setting>) {
    let metadata = |key| document.at(&["metadata", key]).and_then(Node::text).unwrap_or_default();
    let name = metadata("name");
    let account = |name: &str| ServiceAccount { namespace: metadata("namespace").into(), name: name.into() };
    let is_account = document.get("kind").and_then(Node::text) == Some("ServiceAccount");
    // EKS: a service account's role, and its switch for regional endpoints (aws/amazon-eks-pod-identity-webhook, README).
    document.walk(&mut |node| {
        for (key, value) in node.entries() {
            let said = match key {
                "eks.amazonaws.com/role-arn" => Said::WebIdentity,
                "eks.amazonaws.com/sts-regional-endpoints" => {
                    Said::RegionalEndpoints(value.text() == Some("true"))
                }
                "serviceAccountName" => match value.text() {
                    Some(under) => Said::RunsUnder(account(under)),
                    None => continue,
                },
                _ => continue,
            };
            let mut setting = Setting::new(said, name, Place::new(path, value.line));
            setting.account = is_account.then(|| account(name));
            found.push(setting);
        }
    });
    for (key, resource) in document.get("Resources").into_iter().flat_map(Node::entries) {
        let Some(kind) = resource.get("Type") else { continue };
        if kind.text().is_some_and(|kind| FUNCTIONS.contains(&kind)) {
            found.push(Setting::new(Said::Lambda, key, Place::new(path, kind.line)));
        }
    }
    descend(path, document, name, "", found);
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
                descend(path, value, inner, key, found);
            }
        }
        Data::List(items) => {
            for item in items {
                if let Some((name, text)) = item.text().and_then(|text| text.split_once('=')) {
                    found.extend(variable(name, Text::read(text), unit, Place::new(path, item.line)));
                }
                let own = item.get("name").or_else(|| item.get("Name")).and_then(Node::text);
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
                "5 [api] WebIdentity",
                "6 [api] RegionalEndpoints(true)",
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
                "3 [Fn] Lambda",
                "7 [Fn] AWS_STS_REGIONAL_ENDPOINTS=legacy",
                "8 [Fn] AWS_DEFAULT_REGION later: !Ref AWS::Region"
            ]
        );
        let ecs = "{\"containerDefinitions\": [{\"name\": \"app\",\n\"environment\": [{\"name\": \"AWS_REGION\",\n\"value\": \"us-east-2\"}]}]}";
        assert_eq!(said("task.json", ecs), ["3 [app] AWS_REGION=us-east-2"]);
    }

    #[test]
    fn workflows() {
        let text = "jobs:\n  build:\n    env:\n      AWS_REGION: us-west-2\n";
        assert_eq!(said(".github/workflows/ci.yml", text), ["4 [build] AWS_REGION=us-west-2"]);
    }
}
