//! Terraform: variables in maps (`variables = { AWS_REGION = "…" }`) and in items (`{ name = "AWS_REGION", value = "…" }`);
//! resources that run on a platform which gives them a region.

use super::{Found, Platform, Said, Setting, Text, variable};
use crate::place::{Place, Unreadable};
use hcl_edit::Span;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Block, Body, Structure};
use std::path::Path;

struct File<'t> {
    path: &'t Path,
    text: &'t str,
    found: Vec<Setting>,
}

pub(super) fn terraform(path: &Path, text: &str) -> Found {
    let body: Body = text.parse().map_err(|error: hcl_edit::parser::Error| Unreadable {
        place: Place::new(path, error.location().line()),
        what: format!("expected HCL: {}", error.message()),
    })?;
    let mut file = File { path, text, found: Vec::new() };
    file.body(&body, "");
    Ok(file.found)
}

impl File<'_> {
    fn body(&mut self, body: &Body, unit: &str) {
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => self.expression(&attribute.value, unit),
                Structure::Block(block) => {
                    let own = name(block);
                    let kind = block.labels.first().map(|label| label.as_str()).unwrap_or_default();
                    if let Some(platform) = Platform::of_resource(kind).filter(|_| is_resource(block)) {
                        let region = resource_region(block);
                        self.found.push(Setting {
                            said: Said::RunsIn { platform, region },
                            unit: own.clone(),
                            place: self.place(block.span()),
                        });
                    }
                    self.body(&block.body, if own.is_empty() { unit } else { &own });
                }
            }
        }
    }

    fn place(&self, span: Option<std::ops::Range<usize>>) -> Place {
        Place::of_byte(self.path, self.text, span.map_or(0, |span| span.start))
    }

    fn expression(&mut self, expression: &Expression, unit: &str) {
        match expression {
            Expression::Object(object) => {
                let field = |wanted: &str| {
                    object
                        .iter()
                        .find(|(key, _)| key_text(key) == Some(wanted))
                        .map(|(_, value)| value.expr())
                };
                if let (Some(name), Some(value)) =
                    (field("name").and_then(Expression::as_str), field("value"))
                {
                    let place = self.place(value.span());
                    self.found.extend(variable(name, text(value), unit, place));
                }
                for (key, value) in object.iter() {
                    if let Some(name) = key_text(key) {
                        let place = self.place(value.expr().span());
                        self.found.extend(variable(name, text(value.expr()), unit, place));
                    }
                    self.expression(value.expr(), unit);
                }
            }
            Expression::Array(items) => items.iter().for_each(|item| self.expression(item, unit)),
            Expression::FuncCall(call) => {
                call.args.iter().for_each(|argument| self.expression(argument, unit))
            }
            Expression::Parenthesis(inner) => self.expression(inner.inner(), unit),
            _ => {}
        }
    }
}

fn is_resource(block: &Block) -> bool {
    block.ident.as_str() == "resource"
}

/// The region that a resource states itself, as it can from release 6.0 of the provider (hashicorp/terraform-provider-aws,
/// CHANGELOG).
fn resource_region(block: &Block) -> Option<String> {
    let stated = text(&block.body.get_attribute("region")?.value);
    stated.known().map(String::from)
}

/// `resource "aws_lambda_function" "api"` is `aws_lambda_function.api`.
fn name(block: &Block) -> String {
    block.labels.iter().map(|label| label.as_str()).collect::<Vec<_>>().join(".")
}

fn key_text(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(ident) => Some(ident.as_str()),
        ObjectKey::Expression(Expression::Variable(variable)) => Some(variable.as_str()),
        ObjectKey::Expression(expression) => expression.as_str(),
    }
}

fn text(expression: &Expression) -> Text {
    match expression {
        Expression::String(text) => Text::read(text.as_str()),
        Expression::Bool(on) => Text::Known(on.to_string()),
        Expression::Number(number) => Text::Known(number.to_string()),
        other => Text::PutInLater(other.to_string().trim().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_and_items() {
        let tf = "resource \"aws_lambda_function\" \"api\" {\n  environment {\n    variables = {\n      AWS_STS_REGIONAL_ENDPOINTS = \"regional\"\n      AWS_REGION = var.region\n    }\n  }\n}\nlocals {\n  c = jsonencode([{ name = \"AWS_PROFILE\", value = \"dev\" }])\n}\n";
        let found = terraform(Path::new("main.tf"), tf).unwrap();
        let said: Vec<String> = found
            .iter()
            .map(|setting| match &setting.said {
                Said::Variable { name, text } => {
                    format!("{} [{}] {name} {text:?}", setting.place.line, setting.unit)
                }
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(
            said,
            [
                "RunsIn { platform: Lambda, region: None }",
                "4 [aws_lambda_function.api] AWS_STS_REGIONAL_ENDPOINTS Known(\"regional\")",
                "5 [aws_lambda_function.api] AWS_REGION PutInLater(\"var.region\")",
                "10 [] AWS_PROFILE Known(\"dev\")",
            ]
        );
    }
}
