use crate::guest;
use black_box_tests::{Mcp, Zoom};
use serde_json::json;

#[test]
fn with_tools_prompts_and_resources() {
    let zoom = Zoom::start();
    let home = guest(&zoom);
    let mut server = Mcp::start(&home);
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "probe", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
        "progressToken": 7,
    });
    let call = json!({
        "_meta": meta,
        "name": "zoom_list_recordings",
        "arguments": {"from_date": "2021-01-01", "to_date": "2021-03-31"},
    });
    let listed = server.request("tools/call", &call);
    assert_eq!(listed["structuredContent"]["total_records"], 3, "{listed}");
    assert_eq!(server.told().len(), 3, "progress, a month each");
    let prompts = server.request("prompts/list", &json!({"_meta": meta}));
    assert_eq!(prompts["prompts"].as_array().unwrap().len(), 3, "{prompts}");
    let uri = "zoom://meetings/6840331990/transcript";
    let read = server.request("resources/read", &json!({"_meta": meta, "uri": uri}));
    assert_eq!(read["contents"].as_array().unwrap().len(), 1, "{read}");
    assert_eq!(server.close().code, Some(0));
}
