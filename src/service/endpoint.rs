//! The two endpoints of the service.

use crate::model::{
    CheckObsBucketsRequestBody, CheckObsBucketsResponse, CreateTrackerRequestBody, CreateTrackerResponse,
};
use crate::schema::Table;

/// An operation of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `POST /v3/{project_id}/tracker`
    CreateTracker,
    /// `POST /v3/{domain_id}/checkbucket`
    CheckObsBuckets,
}

/// Everything about an operation.
struct Endpoint {
    name: &'static str,
    resource: &'static str,
    id_name: &'static str,
    success_status: u16,
    request: &'static Table,
    response: &'static Table,
}

impl Operation {
    /// Every operation, in the order of the API reference.
    pub const ALL: [Operation; 2] = [Operation::CreateTracker, Operation::CheckObsBuckets];

    /// Both operations use POST. The example of the checkbucket page says GET, which is wrong.
    pub const METHOD: &'static str = "POST";

    const fn endpoint(self) -> &'static Endpoint {
        match self {
            Operation::CreateTracker => &Endpoint {
                name: "createTracker",
                resource: "tracker",
                id_name: "project_id",
                success_status: 201,
                request: &CreateTrackerRequestBody::TABLE,
                response: &CreateTrackerResponse::TABLE,
            },
            Operation::CheckObsBuckets => &Endpoint {
                name: "checkObsBuckets",
                resource: "checkbucket",
                id_name: "domain_id",
                success_status: 200,
                request: &CheckObsBucketsRequestBody::TABLE,
                response: &CheckObsBucketsResponse::TABLE,
            },
        }
    }

    /// The name in JavaScript: `createTracker`.
    pub const fn name(self) -> &'static str {
        self.endpoint().name
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }

    /// The last segment of the path.
    pub const fn resource(self) -> &'static str {
        self.endpoint().resource
    }

    pub fn from_resource(resource: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.resource() == resource)
    }

    /// The name of the ID in the path.
    pub const fn id_name(self) -> &'static str {
        self.endpoint().id_name
    }

    pub const fn success_status(self) -> u16 {
        self.endpoint().success_status
    }

    /// The body of the request.
    pub const fn request(self) -> &'static Table {
        self.endpoint().request
    }

    /// The body of a successful response.
    pub const fn response(self) -> &'static Table {
        self.endpoint().response
    }

    /// The path with a valid ID, in which nothing needs encoding.
    pub fn path(self, id: &str) -> String {
        ["/v3/", id, "/", self.resource()].concat()
    }
}
