//! A tree to be scanned: a monorepo of services in five languages, 50 files each, a lock file of 500 packages and
//! configuration of four kinds among them; the rest is sources that nobody has to open.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How many files each service has.
pub(crate) const FILES_OF_A_SERVICE: usize = 50;

/// A lock file with the SDK among 500 other packages.
fn lock_file(service: usize) -> (&'static str, String) {
    let mut text = String::new();
    match service % 5 {
        0 => {
            for i in 0..500 {
                let _ = writeln!(text, "package-{i}=={i}.0.{service} --hash=sha256:{i:064x}");
            }
            text += "boto3==1.39.17\n";
            ("requirements.txt", text)
        }
        1 => {
            text += "{\n  \"lockfileVersion\": 3,\n  \"packages\": {\n";
            for i in 0..500 {
                let _ = writeln!(
                    text,
                    "    \"node_modules/p{i}\": {{\"version\": \"{i}.0.0\", \"integrity\": \"sha512-{i:086x}\"}},"
                );
            }
            text += "    \"node_modules/@aws-sdk/client-sts\": {\"version\": \"3.840.0\"}\n  }\n}\n";
            ("package-lock.json", text)
        }
        2 => {
            text += "module example.org/service\n\nrequire (\n\tgithub.com/aws/aws-sdk-go v1.44.256\n";
            for i in 0..500 {
                let _ = writeln!(text, "\texample.org/m{i} v1.{i}.0 // indirect");
            }
            text += ")\n";
            ("go.mod", text)
        }
        3 => {
            for i in 0..500 {
                let _ = writeln!(text, "org.example:m{i}:1.{i}.0=compileClasspath,runtimeClasspath");
            }
            text += "software.amazon.awssdk:sts:2.29.52=runtimeClasspath\n";
            ("gradle.lockfile", text)
        }
        _ => {
            text += "version = 4\n";
            for i in 0..500 {
                let _ = write!(
                    text,
                    "\n[[package]]\nname = \"p{i}\"\nversion = \"1.{i}.0\"\nchecksum = \"{i:064x}\"\n"
                );
            }
            text += "\n[[package]]\nname = \"aws-config\"\nversion = \"1.5.9\"\n";
            ("Cargo.lock", text)
        }
    }
}

/// Plants the tree.
pub(crate) fn plant(root: &Path, files: usize) -> std::io::Result<()> {
    let services = files / FILES_OF_A_SERVICE;
    let source = "fn main() {}\n".repeat(200);
    for service in 0..services {
        let folder = root.join(format!("services/team-{}/service-{service}", service % 20));
        fs::create_dir_all(folder.join("deploy"))?;
        fs::create_dir_all(folder.join("src/module"))?;
        let (name, text) = lock_file(service);
        fs::write(folder.join(name), text)?;
        fs::write(folder.join(".env"), "AWS_REGION=eu-west-1\nLOG_LEVEL=info\n")?;
        fs::write(folder.join("Dockerfile"), "FROM scratch\nENV AWS_STS_REGIONAL_ENDPOINTS=regional\n")?;
        let deployment = format!(
            "kind: Deployment\nmetadata:\n  name: s{service}\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          env:\n            - name: AWS_DEFAULT_REGION\n              value: eu-west-1\n"
        );
        fs::write(folder.join("deploy/deployment.yaml"), deployment)?;
        let function = format!(
            "resource \"aws_lambda_function\" \"f{service}\" {{\n  environment {{\n    variables = {{\n      AWS_USE_FIPS_ENDPOINT = \"true\"\n    }}\n  }}\n}}\n"
        );
        fs::write(folder.join("deploy/main.tf"), function)?;
        for i in 5..FILES_OF_A_SERVICE {
            let name =
                if i % 10 == 0 { format!("src/data-{i}.json") } else { format!("src/module/file_{i}.rs") };
            fs::write(folder.join(name), &source)?;
        }
    }
    Ok(())
}
