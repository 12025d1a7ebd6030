//! The two endpoints: method, path, success status, the id in the path. Pure data.

/// One operation of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `POST /v3/{project_id}/tracker`
    CreateTracker,
    /// `POST /v3/{domain_id}/checkbucket`
    CheckObsBuckets,
}

impl Operation {
    /// Every operation, in the order of the documents.
    pub const ALL: [Operation; 2] = [Operation::CreateTracker, Operation::CheckObsBuckets];

    /// Both operations are POST; the checkbucket page's example line says GET and is wrong.
    pub const METHOD: &'static str = "POST";

    /// The last segment of the path.
    pub const fn resource(self) -> &'static str {
        match self {
            Operation::CreateTracker => "tracker",
            Operation::CheckObsBuckets => "checkbucket",
        }
    }

    /// The name of the id in the path.
    pub const fn id_name(self) -> &'static str {
        match self {
            Operation::CreateTracker => "project_id",
            Operation::CheckObsBuckets => "domain_id",
        }
    }

    /// The status of a success.
    pub const fn success_status(self) -> u16 {
        match self {
            Operation::CreateTracker => 201,
            Operation::CheckObsBuckets => 200,
        }
    }

    /// The path for an id that the id rule has accepted (so nothing in it needs encoding).
    pub fn path(self, id: &str) -> String {
        let mut path = String::from("/v3/");
        path.push_str(id);
        path.push('/');
        path.push_str(self.resource());
        path
    }
}
