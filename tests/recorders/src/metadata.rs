//! A fake EC2 instance metadata service on the loopback interface: a token, a region, an availability zone, an
//! identity document, and no role. Both versions of the protocol are served, with and without a token.
//!
//! Paths and headers: Amazon EC2 User Guide, "Use the Instance Metadata Service to access instance metadata".

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// A running server; dropped, it stops.
pub(crate) struct Server {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that offers the region on a free port.
    pub(crate) fn start(region: &str) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let stopped = Arc::new(AtomicBool::new(false));
        let (region, stop) = (region.to_owned(), Arc::clone(&stopped));
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(connection) = connection else { continue };
                let region = region.clone();
                // A client that breaks off is no fault of the server's.
                std::thread::spawn(move || drop(serve(&connection, &region)));
            }
        });
        Ok(Self { address, stopped, thread: Some(thread) })
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        if TcpStream::connect(self.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            drop(thread.join());
        }
    }
}

/// Answers one request and closes the connection.
fn serve(connection: &TcpStream, region: &str) -> io::Result<()> {
    connection.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut lines = BufReader::new(connection).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = target.split('?').next().unwrap_or_default().trim_end_matches('/');
    let (status, body) = answer(method, path, region);
    let mut out = connection;
    write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nX-Aws-Ec2-Metadata-Token-Ttl-Seconds: 21600\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    out.flush()
}

/// What the service says to a request.
fn answer(method: &str, path: &str, region: &str) -> (&'static str, String) {
    let zone = if region.is_empty() { String::new() } else { format!("{region}a") };
    let body = match (method, path) {
        ("PUT", "/latest/api/token") => "token-of-the-fake-metadata-service".into(),
        ("GET", "/latest/meta-data/placement/region") => region.into(),
        ("GET", "/latest/meta-data/placement/availability-zone") => zone,
        ("GET", "/latest/dynamic/instance-identity/document") => serde_json::json!({
            "accountId": "123456789012",
            "architecture": "x86_64",
            "availabilityZone": zone,
            "imageId": "ami-0123456789abcdef0",
            "instanceId": "i-0123456789abcdef0",
            "instanceType": "t3.micro",
            "pendingTime": "2024-01-01T00:00:00Z",
            "privateIp": "10.0.0.1",
            "region": region,
            "version": "2017-09-30",
        })
        .to_string(),
        _ => return ("404 Not Found", String::new()),
    };
    ("200 OK", body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn ask(server: &Server, request: &str) -> String {
        let mut connection = TcpStream::connect(server.address).unwrap();
        write!(connection, "{request}\r\nHost: x\r\n\r\n").unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn offers_the_region_in_every_way_that_sdks_ask_for_it() {
        let server = Server::start("ap-south-1").unwrap();
        assert!(server.url().starts_with("http://127.0.0.1:"));
        let token = ask(&server, "PUT /latest/api/token HTTP/1.1");
        assert!(token.starts_with("HTTP/1.1 200"), "{token}");
        assert!(token.to_lowercase().contains("x-aws-ec2-metadata-token-ttl-seconds: "), "{token}");
        let region = ask(&server, "GET /latest/meta-data/placement/region HTTP/1.1");
        assert!(region.ends_with("\r\n\r\nap-south-1"), "{region}");
        let zone = ask(&server, "GET /latest/meta-data/placement/availability-zone/ HTTP/1.1");
        assert!(zone.ends_with("\r\n\r\nap-south-1a"), "{zone}");
        let document = ask(&server, "GET /latest/dynamic/instance-identity/document HTTP/1.1");
        let body: serde_json::Value =
            serde_json::from_str(document.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert_eq!(body["region"], "ap-south-1");
    }

    #[test]
    fn has_no_role_and_no_region_where_none_is_set() {
        let server = Server::start("").unwrap();
        let role = ask(&server, "GET /latest/meta-data/iam/security-credentials/ HTTP/1.1");
        assert!(role.starts_with("HTTP/1.1 404"), "{role}");
        let zone = ask(&server, "GET /latest/meta-data/placement/availability-zone HTTP/1.1");
        assert!(zone.ends_with("\r\n\r\n"), "{zone}");
    }

    #[test]
    fn stops_when_dropped() {
        let server = Server::start("us-east-1").unwrap();
        let address = server.address;
        drop(server);
        assert!(TcpStream::connect(address).is_err());
    }
}
