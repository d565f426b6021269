use crate::{closed_port, said};
use black_box_tests::Home;
use std::io::{Read, Write};
use std::net::TcpListener;

/// As a hotel's network answers until one has signed in.
const PAGE: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 22\r\n\
    connection: close\r\n\r\n<html>Sign in</html>\r\n";

#[test]
fn is_told_from_an_answer_of_zooms() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut home = Home::without_zoom();
    home.set(
        "HTTP_PROXY",
        format!("http://{}", listener.local_addr().unwrap()),
    );
    home.set("ZOOM_OAUTH_URL", format!("http://{}/oauth", closed_port()));
    let proxy = std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let read = client.read(&mut request).unwrap();
        client.write_all(PAGE.as_bytes()).unwrap();
        String::from_utf8_lossy(&request[..read]).into_owned()
    });
    let added = home.add_account();
    assert_eq!((added.code, added.out.as_str()), (Some(1), ""));
    said(&home, "proxy answers HTML", &added.err);
    let request = proxy.join().unwrap();
    assert!(
        request.starts_with("POST http://127.0.0.1:"),
        "the proxy was asked: {request}"
    );
}
