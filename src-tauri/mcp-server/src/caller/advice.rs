//! What to do about an error of Zoom's, by its code.

/// One sentence for the person or the model.
pub(super) fn advice(status: u16, code: i64) -> &'static str {
    match code {
        3001 => {
            "There is no such meeting, or it has ended or been deleted; list_meetings gives ids."
        }
        3301 => {
            "This meeting has no cloud recording; zoom_list_recordings names the meetings that \
             have one."
        }
        3322 => "This meeting has no transcript; zoom_get_recording_details names its files.",
        1001 | 1010 => "There is no such user in this account; list_users gives ids.",
        1120 => "The invitation has expired; invite the user again in Zoom's web portal.",
        1012 => "There is no such room; get_zoom_rooms gives ids.",
        4801 => "There is no such location; get_zoom_sites gives ids.",
        300 => "An argument is not as Zoom wants it; correct it, or leave next_page_token out.",
        2300 => "Zoom knows no such address; check the ids.",
        3000 | 3161 => "This meeting, or its host's licence, does not allow that; ask the host.",
        12702 => "The meeting is more than a year old, and Zoom keeps no details of it.",
        3018 => "A personal meeting room cannot be deleted; delete another meeting.",
        200 => {
            "The account, its plan or the token's user may not do this; ask the account's admin."
        }
        _ => by_status(status),
    }
}

fn by_status(status: u16) -> &'static str {
    match status {
        404 => "It is not there; check the ids.",
        403 => "This is not allowed; ask the account's admin.",
        409 => "Something else is changing it; try again.",
        _ => "Check the arguments; if they are right, give Zoom's support the tracking id.",
    }
}
