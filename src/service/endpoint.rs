//! The endpoints of the service.

use crate::model::{
    CheckObsBucketsRequestBody, CheckObsBucketsResponse, CreateTrackerRequestBody, CreateTrackerResponse,
    ListTrackersResponse,
};
use crate::schema::Table;

/// An operation of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `POST /v3/{project_id}/tracker`
    CreateTracker,
    /// `POST /v3/{domain_id}/checkbucket`
    CheckObsBuckets,
    /// `GET /v3/{project_id}/trackers`
    ListTrackers,
}

/// Everything about an operation.
struct Endpoint {
    name: &'static str,
    resource: &'static str,
    id_name: &'static str,
    success_status: u16,
    response: &'static Table,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Operation; 3] = [Operation::CreateTracker, Operation::CheckObsBuckets, Operation::ListTrackers];
    /// Those whose request has a body, in the order of the API reference.
    pub const WITH_BODY: [Operation; 2] = [Operation::CreateTracker, Operation::CheckObsBuckets];

    const fn endpoint(self) -> &'static Endpoint {
        match self {
            Operation::CreateTracker => &Endpoint {
                name: "createTracker",
                resource: "tracker",
                id_name: "project_id",
                success_status: 201,
                response: &CreateTrackerResponse::TABLE,
            },
            Operation::CheckObsBuckets => &Endpoint {
                name: "checkObsBuckets",
                resource: "checkbucket",
                id_name: "domain_id",
                success_status: 200,
                response: &CheckObsBucketsResponse::TABLE,
            },
            Operation::ListTrackers => &Endpoint {
                name: "listTrackers",
                resource: "trackers",
                id_name: "project_id",
                success_status: 200,
                response: &ListTrackersResponse::TABLE,
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

    /// GET without a body. POST also for CheckObsBuckets: the example of its page says GET, which is wrong.
    pub const fn method(self) -> &'static str {
        if self.request().is_some() { "POST" } else { "GET" }
    }

    /// The body of the request, if it has one. It is apart from the endpoint, because the client's wasm needs no tables of
    /// requests.
    pub const fn request(self) -> Option<&'static Table> {
        match self {
            Operation::CreateTracker => Some(&CreateTrackerRequestBody::TABLE),
            Operation::CheckObsBuckets => Some(&CheckObsBucketsRequestBody::TABLE),
            Operation::ListTrackers => None,
        }
    }

    /// The body of a successful response.
    pub const fn response(self) -> &'static Table {
        self.endpoint().response
    }

    /// The path with a valid ID, in which nothing needs encoding.
    pub fn path(self, id: &str) -> String {
        String::from_iter(["/v3/", id, "/", self.resource()])
    }
}
