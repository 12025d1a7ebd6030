type Global<Name extends PropertyKey, Otherwise> = typeof globalThis extends Record<Name, infer Value> ? Value : Otherwise;
type Instance<Name extends PropertyKey> = Global<Name, {
    prototype: any;
}> extends {
    prototype: infer Of;
} ? Of : any;
type Fetch = Global<"fetch", (input: any, init?: any) => Promise<any>>;
type HeadersInput = Global<"Headers", any> extends new (init?: infer Init) => any ? NonNullable<Init> : Record<string, string> | readonly (readonly [
    string,
    string
])[];
export type Severity = "error" | "warning";
export type IssueCode = "invalid_json" | "not_object" | "required" | "invalid_type" | "unknown_key" | "invalid_enum" | "too_short" | "too_long" | "invalid_character" | "invalid_start" | "invalid_end" | "adjacent_separators" | "ip_address" | "reserved_name" | "must_equal" | "must_differ" | "forbidden" | "not_applicable" | "requires_field" | "empty_list" | "duplicate_item" | "unused" | "unusual_format" | "too_many_issues";
export interface IssueParams {
    invalid_json: {
        readonly line: number;
        readonly column: number;
        readonly offset: number;
    };
    not_object: {
        readonly actual: ActualType;
    };
    required: {};
    invalid_type: {
        readonly expected: "string" | "boolean" | "integer" | "object" | "array";
        readonly actual: ActualType;
    };
    unknown_key: {
        readonly suggestion?: string;
    };
    invalid_enum: {
        readonly allowed: readonly (string | number)[];
        readonly actual?: number;
        readonly suggestion?: string;
    };
    too_short: {
        readonly min: number;
        readonly actual: number;
    };
    too_long: {
        readonly max: number;
        readonly actual: number;
    };
    invalid_character: {
        readonly character: string;
        readonly index: number;
    };
    invalid_start: {
        readonly character: string;
    };
    invalid_end: {
        readonly character: string;
    };
    adjacent_separators: {
        readonly sequence: string;
        readonly index: number;
    };
    ip_address: {};
    reserved_name: {
        readonly reserved: readonly string[];
    };
    must_equal: {
        readonly expected: "system";
    };
    must_differ: {
        readonly field: "obs_info.bucket_name";
    };
    forbidden: {};
    not_applicable: {
        readonly trackerType: "system" | "data";
    };
    requires_field: {
        readonly field: "bucket_name";
    };
    empty_list: {};
    duplicate_item: {
        readonly first: number;
    };
    unused: {};
    unusual_format: {};
    too_many_issues: {
        readonly more: number;
    };
}
type ActualType = Word<"string" | "number" | "boolean" | "object" | "array" | "null" | "bigint" | "symbol" | "function" | "unreadable">;
type Word<Known extends string> = Known | (string & {});
export type ServiceCode = "CTS.0001" | "CTS.0002" | "CTS.0003" | "CTS.0004" | "CTS.0005" | "CTS.0012" | "CTS.0013" | "CTS.0056" | "CTS.0100" | "CTS.0200" | "CTS.0201" | "CTS.0202" | "CTS.0203" | "CTS.0204" | "CTS.0205" | "CTS.0206" | "CTS.0207" | "CTS.0208" | "CTS.0209" | "CTS.0210" | "CTS.0211" | "CTS.0212" | "CTS.0213" | "CTS.0214" | "CTS.0215" | "CTS.0216" | "CTS.0217" | "CTS.0218" | "CTS.0219" | "CTS.0220" | "CTS.0221" | "CTS.0222" | "CTS.0225" | "CTS.0228" | "CTS.0229" | "CTS.0231" | "CTS.0300" | "CTS.0400" | "CTS.0401" | "CTS.0402" | "CTS.0403" | "CTS.0404" | "CTS.0407" | "CTS.0410" | "CTS.0411" | "OBS.NoSuchBucket" | "APIGW.0101" | "APIGW.0103" | "APIGW.0104" | "APIGW.0105" | "APIGW.0106" | "APIGW.0201" | "APIGW.0202" | "APIGW.0203" | "APIGW.0204" | "APIGW.0301" | "APIGW.0302" | "APIGW.0303" | "APIGW.0304" | "APIGW.0305" | "APIGW.0306" | "APIGW.0307" | "APIGW.0308" | "APIGW.0310" | "APIGW.0311" | "APIGW.0401" | "APIGW.0402" | "APIGW.0404" | "APIGW.0501" | "APIGW.0502" | "APIGW.0601" | "APIGW.0602" | "APIGW.0605" | "APIGW.0606" | "APIGW.0607" | "APIGW.0608" | "APIGW.0609" | "APIGW.0610" | "APIGW.0611" | "APIGW.0612" | "APIGW.0613" | "APIGW.0705" | "APIGW.0802";
export interface IssueOf<Code extends IssueCode> {
    readonly code: Code;
    readonly path: readonly (string | number)[];
    readonly message: string;
    readonly params: IssueParams[Code];
    readonly severity: Severity;
    readonly rule: string;
    readonly serverCode?: ServiceCode;
}
export type Issue = {
    [Code in IssueCode]: IssueOf<Code>;
}[IssueCode];
export type Validation<T> = {
    readonly value: T;
    readonly warnings: readonly Issue[];
    readonly issues?: undefined;
} | {
    readonly issues: readonly [
        Issue,
        ...Issue[]
    ];
    readonly warnings: readonly Issue[];
    readonly value?: undefined;
};
type Texts = Readonly<Record<string, string>>;
export interface Locale {
    readonly code: "en" | "zh-CN";
    readonly messages: Readonly<Record<IssueCode, string>> & {
        readonly [codeAndField: `${IssueCode}:${string}`]: string;
    };
    readonly phrases: Texts;
    readonly characters: Texts;
    readonly expectedTypes: Texts;
    readonly actualTypes: Texts;
    readonly trackerTypes: Texts;
    readonly fields: Texts;
    readonly errorKinds: Texts;
    readonly errorPhrases: Texts;
    readonly serviceCodes: Texts;
}
export const en: Locale;
export const zhCN: Locale;
export interface ValidateOptions {
    readonly locale?: Locale | undefined;
}
export type CreateTrackerRequestBody = SystemTracker | DataTracker;
interface TrackerCommon {
    is_lts_enabled?: boolean;
    is_organization_tracker?: boolean;
    management_event_selector?: ManagementEventSelector;
    obs_info?: TrackerObsInfo;
    is_support_trace_files_encryption?: boolean;
    kms_id?: string;
    is_support_validate?: boolean;
    agency_name?: "cts_admin_trust";
}
export interface SystemTracker extends TrackerCommon {
    tracker_type: "system";
    tracker_name: "system";
    data_bucket?: undefined;
}
export interface DataTracker extends TrackerCommon {
    tracker_type: "data";
    tracker_name: string;
    data_bucket: DataBucket;
}
type Given<T> = T extends readonly (infer Item)[] ? readonly Given<Item>[] : T extends object ? {
    [Key in keyof T]: {} extends Pick<T, Key> ? Given<T[Key]> | undefined : Given<T[Key]>;
} : T;
export type CreateTrackerInput = Given<DataTracker> | Given<Omit<SystemTracker, "tracker_name"> & {
    tracker_name?: SystemTracker["tracker_name"];
}>;
export interface ManagementEventSelector {
    exclude_service?: "KMS"[];
}
export interface TrackerObsInfo {
    bucket_name?: string;
    file_prefix_name?: string;
    is_obs_created?: boolean;
    bucket_lifecycle?: 30 | 60 | 90 | 180 | 1095;
    compress_type?: "gzip" | "json";
    is_sort_by_service?: boolean;
}
export interface DataBucket {
    data_bucket_name: string;
    data_event: ("READ" | "WRITE")[];
}
export interface CheckObsBucketsRequestBody {
    buckets?: CheckBucketRequest[];
}
export interface CheckBucketRequest {
    bucket_name: string;
    bucket_location: string;
    kms_id?: string;
    is_support_trace_files_encryption?: boolean;
}
export type CheckObsBucketsInput = Given<CheckObsBucketsRequestBody>;
export type CheckBucketInput = Given<CheckBucketRequest>;
export interface CreateTrackerResponse {
    id?: string;
    create_time?: number;
    kms_id?: string;
    is_support_validate?: boolean;
    is_organization_tracker?: boolean;
    management_event_selector?: {
        exclude_service?: string[];
    };
    lts?: Lts;
    tracker_type?: Word<"system" | "data">;
    domain_id?: string;
    project_id?: string;
    tracker_name?: string;
    status?: Word<"enabled" | "disabled" | "error">;
    detail?: Word<"bucketPolicyError" | "noBucket" | "arrears">;
    is_support_trace_files_encryption?: boolean;
    obs_info?: ObsInfo;
    data_bucket?: DataBucketQuery;
    agency_name?: Word<"cts_admin_trust">;
}
export interface Lts {
    is_lts_enabled?: boolean;
    log_group_name?: string;
    log_topic_name?: string;
}
export interface ObsInfo {
    bucket_name?: string;
    file_prefix_name?: string;
    is_obs_created?: boolean;
    is_authorized_bucket?: boolean;
    bucket_lifecycle?: number;
    compress_type?: Word<"gzip" | "json">;
    is_sort_by_service?: boolean;
    bucket_location?: string;
}
export interface DataBucketQuery {
    data_bucket_name?: string;
    search_enabled?: boolean;
    data_event?: Word<"READ" | "WRITE">[];
}
export interface CheckObsBucketsResponse {
    buckets?: Bucket[];
}
export interface Bucket {
    bucket_name?: string;
    bucket_location?: string;
    kms_id?: string;
    is_support_trace_files_encryption?: boolean;
    check_bucket_response?: CheckBucketResponse;
}
export interface CheckBucketResponse {
    error_code?: string;
    error_message?: string;
    response_code?: number;
    success?: boolean;
}
export function validateCreateTracker(input: unknown, options?: ValidateOptions): Validation<CreateTrackerRequestBody>;
export function validateCheckObsBuckets(input: unknown, options?: ValidateOptions): Validation<CheckObsBucketsRequestBody>;
export function validateCreateTrackerForm(draft: unknown, options?: ValidateOptions): Validation<CreateTrackerRequestBody>;
export function validateCheckObsBucketsForm(draft: unknown, options?: ValidateOptions): Validation<CheckObsBucketsRequestBody>;
export interface BucketNameOptions extends ValidateOptions {
    readonly forCreation?: boolean | undefined;
}
export interface TrackerNameOptions extends ValidateOptions {
    readonly trackerType?: "system" | "data" | undefined;
}
export interface KmsIdOptions extends ValidateOptions {
    readonly encrypted?: boolean | undefined;
}
export function validateBucketName(input: unknown, options?: BucketNameOptions): Validation<string>;
export function validateFilePrefixName(input: unknown, options?: ValidateOptions): Validation<string | undefined>;
export function validateTrackerName(input: unknown, options?: TrackerNameOptions): Validation<string>;
export function validateKmsId(input: unknown, options?: KmsIdOptions): Validation<string | undefined>;
export function validateBucketLifecycle(input: unknown, options?: ValidateOptions): Validation<30 | 60 | 90 | 180 | 1095 | undefined>;
export function validateCompressType(input: unknown, options?: ValidateOptions): Validation<"gzip" | "json" | undefined>;
export function validateBucketLocation(input: unknown, options?: ValidateOptions): Validation<string>;
export function validateProjectId(input: unknown, options?: ValidateOptions): Validation<string>;
export function validateDomainId(input: unknown, options?: ValidateOptions): Validation<string>;
export interface SchemaOptions extends BucketNameOptions, TrackerNameOptions, KmsIdOptions {
}
export interface Schema<Input = unknown, Output = Input> {
    readonly "~standard": {
        readonly version: 1;
        readonly vendor: string;
        readonly types?: {
            readonly input: Input;
            readonly output: Output;
        } | undefined;
        readonly validate: (value: unknown, options?: {
            readonly libraryOptions?: Record<string, unknown> | undefined;
        } | undefined) => {
            readonly value: Output;
            readonly issues?: undefined;
        } | {
            readonly issues: readonly Issue[];
        };
        readonly jsonSchema: {
            readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
            readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
        };
    };
}
export interface JsonSchemaOptions {
    readonly target: "draft-2020-12" | "draft-07" | (string & {});
    readonly libraryOptions?: Record<string, unknown> | undefined;
}
type Absent<T> = T | null | undefined;
type FormText = Absent<string | false>;
type FormFlag = Absent<boolean | string>;
type FormNumber = Absent<number | string | false>;
type FormList = Absent<string | false | readonly FormText[]>;
interface SelectorForm {
    exclude_service?: FormList;
}
interface ObsInfoForm {
    bucket_name?: FormText;
    file_prefix_name?: FormText;
    is_obs_created?: FormFlag;
    bucket_lifecycle?: FormNumber;
    compress_type?: FormText;
    is_sort_by_service?: FormFlag;
}
interface DataBucketForm {
    data_bucket_name?: FormText;
    data_event?: FormList;
}
export interface CreateTrackerForm {
    tracker_type?: FormText;
    tracker_name?: FormText;
    is_lts_enabled?: FormFlag;
    is_organization_tracker?: FormFlag;
    management_event_selector?: Absent<SelectorForm>;
    obs_info?: Absent<ObsInfoForm>;
    is_support_trace_files_encryption?: FormFlag;
    kms_id?: FormText;
    is_support_validate?: FormFlag;
    data_bucket?: Absent<DataBucketForm>;
    agency_name?: FormText;
}
interface BucketForm {
    bucket_name?: FormText;
    bucket_location?: FormText;
    kms_id?: FormText;
    is_support_trace_files_encryption?: FormFlag;
}
export interface CheckObsBucketsForm {
    buckets?: Absent<readonly BucketForm[]>;
}
type Under<Name extends string, Group> = {
    [Field in keyof Group as `${Name}.${Field & string}`]: Group[Field];
};
export type CreateTrackerFlatForm = Omit<CreateTrackerForm, "management_event_selector" | "obs_info" | "data_bucket"> & Under<"management_event_selector", SelectorForm> & Under<"obs_info", ObsInfoForm> & Under<"data_bucket", DataBucketForm>;
export type CheckObsBucketsFlatForm = Under<`buckets.${number}`, BucketForm>;
export const createTrackerSchema: Schema<CreateTrackerInput, CreateTrackerRequestBody>;
export const checkObsBucketsSchema: Schema<CheckObsBucketsInput, CheckObsBucketsRequestBody>;
export const createTrackerFormSchema: Schema<CreateTrackerForm, CreateTrackerRequestBody>;
export const checkObsBucketsFormSchema: Schema<CheckObsBucketsForm, CheckObsBucketsRequestBody>;
export const bucketNameSchema: Schema<string>;
export const filePrefixNameSchema: Schema<Absent<string>, string | undefined>;
export const trackerNameSchema: Schema<string>;
export const kmsIdSchema: Schema<Absent<string>, string | undefined>;
export const bucketLifecycleSchema: Schema<Absent<number>, 30 | 60 | 90 | 180 | 1095 | undefined>;
export const compressTypeSchema: Schema<Absent<string>, "gzip" | "json" | undefined>;
export const bucketLocationSchema: Schema<string>;
export const projectIdSchema: Schema<string>;
export const domainIdSchema: Schema<string>;
export function withOptions<Input, Output>(schema: Schema<Input, Output>, options: SchemaOptions): Schema<Input, Output>;
interface TextLimit {
    readonly min: number;
    readonly max: number;
    readonly pattern: string;
}
interface ValuesLimit<T> {
    readonly values: readonly T[];
}
export const limits: {
    readonly bucketName: TextLimit;
    readonly filePrefixName: TextLimit;
    readonly trackerName: TextLimit & {
        readonly reserved: readonly ("system" | "system-trace")[];
    };
    readonly bucketLifecycle: ValuesLimit<30 | 60 | 90 | 180 | 1095>;
    readonly compressType: ValuesLimit<"gzip" | "json">;
    readonly kmsId: {
        readonly pattern: string;
    };
    readonly bucketLocation: {
        readonly pattern: string;
    };
    readonly trackerType: ValuesLimit<"system" | "data">;
    readonly dataEvent: ValuesLimit<"READ" | "WRITE">;
    readonly excludeService: ValuesLimit<"KMS">;
    readonly agencyName: ValuesLimit<"cts_admin_trust">;
    readonly projectId: TextLimit;
    readonly domainId: TextLimit;
};
export type CreateTrackerPath = "tracker_type" | "tracker_name" | "is_lts_enabled" | "is_organization_tracker" | "management_event_selector" | "management_event_selector.exclude_service" | "obs_info" | "obs_info.bucket_name" | "obs_info.file_prefix_name" | "obs_info.is_obs_created" | "obs_info.bucket_lifecycle" | "obs_info.compress_type" | "obs_info.is_sort_by_service" | "is_support_trace_files_encryption" | "kms_id" | "is_support_validate" | "data_bucket" | "data_bucket.data_bucket_name" | "data_bucket.data_event" | "agency_name";
export interface FieldState {
    readonly applies: boolean;
    readonly required: boolean;
    readonly reason?: IssueCode;
}
export function fieldState(draft: unknown): Readonly<Record<CreateTrackerPath, FieldState>>;
export interface Constraints {
    required?: boolean;
    minLength?: number;
    maxLength?: number;
    pattern?: string;
    inputMode?: "numeric";
    values?: readonly (string | number)[];
}
export function constraintsFor(path: string | readonly (string | number)[]): Constraints;
export type PathStyle = "dot" | "bracket" | "pointer";
interface FieldMessage {
    readonly path: readonly (string | number)[];
    readonly message: string;
}
export interface NestedErrors {
    [key: string]: string | NestedErrors | (string | NestedErrors | undefined)[];
}
export function toFieldErrors(issues: readonly FieldMessage[] | undefined, options?: {
    readonly style?: PathStyle | undefined;
}): Record<string, string[]>;
export function toNestedErrors(issues: readonly FieldMessage[] | undefined): NestedErrors;
export function fieldLabel(path: CreateTrackerPath, locale?: Locale): string;
interface Formattable {
    readonly code: IssueCode;
    readonly params: Readonly<Record<string, unknown>>;
    readonly rule?: string | undefined;
    readonly message?: string | undefined;
    readonly path?: readonly (string | number)[] | undefined;
    readonly severity?: Severity | undefined;
    readonly serverCode?: string | undefined;
}
export function formatIssue(issue: Formattable, locale?: Locale): string;
export function formatPath(path: readonly (string | number)[], style?: PathStyle): string;
export type NdjsonKind = "createTracker" | "checkBucket";
export interface NdjsonOptions extends ValidateOptions {
    readonly warnings?: boolean | undefined;
    readonly keepBad?: boolean | undefined;
}
export interface NdjsonLine {
    readonly line: number;
    readonly issues: readonly Issue[];
    readonly warnings: readonly Issue[];
}
export interface NdjsonReport {
    readonly lines: number;
    readonly valid: number;
    readonly invalid: number;
    readonly warned: number;
    readonly bad: NdjsonLine[];
}
export interface NdjsonValidator {
    push(chunk: Uint8Array): NdjsonLine[];
    end(): NdjsonReport;
}
export function validateNdjson(kind: NdjsonKind, text: Uint8Array | string, options?: NdjsonOptions): NdjsonReport;
export function createNdjsonValidator(kind: NdjsonKind, options?: NdjsonOptions): NdjsonValidator;
export interface RetryOptions {
    readonly maxRetries?: number | undefined;
    readonly tryTimeoutMs?: number | undefined;
}
export interface ClientOptions {
    readonly baseUrl: string | Instance<"URL">;
    readonly projectId?: string | undefined;
    readonly domainId?: string | undefined;
    readonly fetch?: Fetch | undefined;
    readonly headers?: HeadersInput | (() => HeadersInput | Promise<HeadersInput>) | undefined;
    readonly timeoutMs?: number | undefined;
    readonly retry?: RetryOptions | undefined;
    readonly locale?: Locale | undefined;
    readonly onEvent?: ((event: ClientEvent) => void) | undefined;
}
type Operation = "createTracker" | "checkObsBuckets";
export type ClientEvent = {
    readonly type: "attempt";
    readonly operation: Operation;
    readonly attempt: number;
} | {
    readonly type: "retry";
    readonly operation: Operation;
    readonly attempt: number;
    readonly delayMs: number;
} | {
    readonly type: "success";
    readonly operation: Operation;
    readonly attempts: number;
    readonly ms: number;
} | {
    readonly type: "failure";
    readonly operation: Operation;
    readonly attempts: number;
    readonly ms: number;
    readonly kind: CtsErrorKind;
    readonly status?: number | undefined;
    readonly requestId?: string | undefined;
};
export interface CallOptions {
    readonly signal?: Instance<"AbortSignal"> | undefined;
    readonly timeoutMs?: number | undefined;
    readonly headers?: HeadersInput | undefined;
    readonly validate?: boolean | undefined;
}
export interface CreateTrackerCallOptions extends CallOptions {
    readonly projectId?: string | undefined;
}
export interface CheckObsBucketsCallOptions extends CallOptions {
    readonly domainId?: string | undefined;
}
export interface CheckBucketsOptions extends CheckObsBucketsCallOptions {
    readonly signal?: Instance<"AbortSignal"> | undefined;
    readonly timeoutMs?: number | undefined;
    readonly concurrency?: number | undefined;
    readonly batchSize?: number | undefined;
    readonly retryFailed?: number | undefined;
    readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
}
export interface CheckProgress {
    readonly done: number;
    readonly total: number | undefined;
    readonly failed: number;
}
export type CheckedBucket = {
    readonly request: CheckBucketRequest;
    readonly result: Bucket;
    readonly error?: undefined;
} | {
    readonly request: CheckBucketRequest;
    readonly error: CtsError;
    readonly result?: undefined;
};
export interface CtsClient {
    createTracker(body: CreateTrackerInput, options?: CreateTrackerCallOptions): Promise<CreateTrackerResponse>;
    checkObsBuckets(body: CheckObsBucketsInput, options?: CheckObsBucketsCallOptions): Promise<CheckObsBucketsResponse>;
    checkBuckets(buckets: Iterable<CheckBucketInput>, options?: CheckBucketsOptions): Promise<CheckedBucket[]>;
}
export function createCtsClient(options: ClientOptions): CtsClient;
export interface PreflightReport {
    readonly ok: boolean;
    readonly issues: readonly Issue[];
    readonly warnings: readonly Issue[];
    readonly bucket?: Bucket;
    readonly findings: readonly {
        readonly code: Word<ServiceCode | CtsErrorKind>;
        readonly message: string;
    }[];
}
export interface PreflightOptions extends CheckObsBucketsCallOptions {
    readonly bucketLocation?: string | undefined;
    readonly locale?: Locale | undefined;
}
export function preflight(client: CtsClient, body: unknown, options?: PreflightOptions): Promise<PreflightReport>;
export type CtsErrorKind = "validation" | "auth" | "forbidden" | "not_found" | "conflict" | "throttled" | "rejected" | "unavailable" | "server" | "network" | "timeout" | "aborted" | "outcome_unknown" | "bad_response" | "proxy" | "internal";
export type ProxyProblemCode = "host_not_allowed" | "malformed_request" | "not_found" | "method_not_allowed" | "origin_not_allowed" | "cross_site" | "csrf_header_required" | "unsupported_media_type" | "body_too_large" | "id_not_allowed" | "not_authorized" | "rate_limited" | "too_many_in_flight" | "keys_refused" | "body_timeout" | "body_unreadable" | "invalid_json" | "invalid_request" | "credentials_unavailable" | "not_ready" | "upstream_unreachable" | "upstream_timeout" | "upstream_redirect" | "upstream_answer" | "internal";
export class CtsError extends Error {
    private constructor();
    override readonly name: "CtsError";
    readonly kind: CtsErrorKind;
    readonly status?: number;
    readonly errorCode?: Word<ServiceCode | ProxyProblemCode>;
    readonly errorMsg?: string;
    readonly requestId?: string;
    readonly sent: "no" | "yes" | "unknown";
    readonly attempts: number;
    readonly retryAfterMs?: number;
    readonly issues?: readonly Issue[];
    readonly mayAlreadyExist?: boolean;
    readonly received?: string;
    readonly checked?: readonly CheckedBucket[];
    readonly cause?: unknown;
    toJSON(): Record<string, unknown>;
}
export function isCtsError(value: unknown): value is CtsError;
export interface ErrorCodeInfo {
    readonly status?: number;
    readonly fields?: readonly string[];
}
export const errorCodes: Readonly<Record<ServiceCode, ErrorCodeInfo>> & Readonly<Record<string, ErrorCodeInfo>>;
export function formatServiceCode(code: string, locale?: Locale): string | undefined;
export function warmup(): Promise<void>;
export const version: string;
export {};
