// The state of the page. All functions of the page take it as their first argument.
import type { CheckObsBucketsResponse, CreateTrackerResponse, CreationResolution, Tracker } from 'cts-tracker';
import type { Account } from '../account.js';
import { requestTool, type Tool } from '../code/tools.js';
import type { Config } from '../config.js';
import type { Field } from '../field.js';
import type { PlainTextKey } from '../i18n.js';
import type { Shell } from '../page.js';
import type { Progress } from '../progress.js';
import { type Outcome, RecordingClient } from '../recording-client.js';
import { TrackerForm } from './form.js';
import type { NameLookup } from './look-up.js';
import type { Draft } from './request.js';
import type { SentBefore } from './unknown-outcome.js';
import { type ValidatedForm, validateForm } from './validate.js';

export type Step = 'edit' | 'review' | 'created';

export interface BucketCheck {
  /** Whether the check could not be sent because fields are missing or invalid. */
  isIncomplete: boolean;
  readonly result?: {
    /** Counts the checks, so that the same result is rendered again after a second check. */
    readonly number: number;
    readonly requestKey: string;
    readonly outcome: Outcome<CheckObsBucketsResponse>;
  };
}

/** A creation that is in flight. */
export interface Creation {
  readonly abortController: AbortController;
  progress: Progress;
}

export interface State {
  readonly config: Config;
  readonly account: Account;
  readonly form: TrackerForm;
  /** One client for all creations: after an unknown outcome it recognizes the conflict that follows. */
  readonly creationClient: RecordingClient;
  readonly checkClient: RecordingClient;
  readonly lookupClient: RecordingClient;
  step: Step;
  /** Moves the focus when the form is shown again. */
  onEdit: (() => void) | undefined;
  /** The form as it was validated last. */
  validated: ValidatedForm;
  /** The name of the data tracker, kept while a management tracker is selected. */
  dataTrackerName: string;
  /** What replaced the values of the form, and how to get them back. */
  undo:
    | { readonly text: () => string; readonly label: PlainTextKey; readonly restore: (state: State) => void }
    | undefined;
  /** Whether the user has tried to create the tracker, so that all errors are shown. */
  isSubmitted: boolean;
  creation: Creation | undefined;
  /** The outcome of the last creation, and the request that was sent. */
  creationOutcome: { readonly outcome: Outcome<CreateTrackerResponse>; readonly sent: Draft } | undefined;
  /** The creation that was sent before a reload of the page, while its outcome was unknown. */
  sentBefore: SentBefore | undefined;
  /** The tracker that was created; without its response if the user has seen it elsewhere. */
  createdTracker: { readonly name: string; readonly response?: CreateTrackerResponse | Tracker } | undefined;
  /** Whether the user must say whether the last request created the tracker. */
  isLocked: boolean;
  /** Whether a lookup of that request is in flight, and what the last one found out. */
  isLookingUp: boolean;
  resolution: Outcome<CreationResolution> | undefined;
  /** The last lookup of a tracker of the same name. */
  nameLookup: NameLookup | undefined;
  /** The progress of the bucket check that is in flight. */
  checkProgress: Progress | undefined;
  /** The last bucket check that the user asked for, until the form is reset. */
  bucketCheck: BucketCheck | undefined;
  /** The tool that the preview writes the request for. */
  tool: Tool;
  /** The fields that the last service error may belong to, until the form is changed. */
  serviceError: { readonly error: Error; readonly fields: readonly Field[] } | undefined;
}

export function createState({ config, account }: Shell): State {
  const form = new TrackerForm(account);
  return {
    config,
    account,
    form,
    creationClient: new RecordingClient(),
    checkClient: new RecordingClient(),
    lookupClient: new RecordingClient(),
    step: 'edit',
    onEdit: undefined,
    validated: validateForm(form.controls, form.pageValues),
    dataTrackerName: '',
    undo: undefined,
    isSubmitted: false,
    creation: undefined,
    creationOutcome: undefined,
    sentBefore: undefined,
    createdTracker: undefined,
    isLocked: false,
    isLookingUp: false,
    resolution: undefined,
    nameLookup: undefined,
    checkProgress: undefined,
    bucketCheck: undefined,
    tool: requestTool,
    serviceError: undefined,
  };
}
