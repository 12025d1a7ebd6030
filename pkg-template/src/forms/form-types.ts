// The values of a form, derived from the types of the requests, which document the fields.
import type { CheckBucketRequest, DataTracker } from '../validation/wire.js';

/** The form of an object of a request: what its controls hold. */
export type FormOf<T> = { -readonly [Field in keyof T]-?: ControlOf<NonNullable<T[Field]>> };

// A number may be text, because a text box or a select returns it so.
type ControlOf<T> = [T] extends [string]
  ? string
  : [T] extends [boolean]
    ? boolean
    : [T] extends [number]
      ? string | number
      : [T] extends [readonly string[]]
        ? string[]
        : FormOf<T>;

/**
 * The values of a form for CreateTracker, as form libraries hold them: text is a string, a box is a boolean, a list is an
 * array; `emptyTrackerForm()` makes one. The request does not contain fields that are `''`, and groups in which no field is
 * filled. At run time the form schema takes what any control holds: also `null`, `undefined`, `false` for an empty field,
 * and `'on'` and `'true'` for a box.
 */
export interface CreateTrackerForm extends FormOf<DataTracker> {}

/** The values of a form for CheckObsBuckets, as form libraries hold them. */
export interface CheckObsBucketsForm {
  /** The buckets to check. */
  buckets: FormOf<CheckBucketRequest>[];
}

type Absent<T> = T | null | undefined;

// What is posted under the name of a control. Empty: no value, `''`, or false if a box is not checked.
type NamedText = Absent<string | false>;
type Named<T> = [T] extends [boolean]
  ? Absent<boolean | string>
  : [T] extends [number]
    ? Absent<number | string | false>
    : [T] extends [readonly string[]]
      ? Absent<string | false | readonly NamedText[]>
      : NamedText;

type Groups = {
  [Field in keyof DataTracker as NonNullable<DataTracker[Field]> extends readonly unknown[]
    ? never
    : NonNullable<DataTracker[Field]> extends object
      ? Field
      : never]-?: NonNullable<DataTracker[Field]>;
};

type Under<Prefix extends string, Group> = {
  [Field in keyof Group as `${Prefix}${Field & string}`]?: Named<NonNullable<Group[Field]>>;
};
type Union<T> = (T extends unknown ? (value: T) => void : never) extends (value: infer All) => void ? All : never;
type FlatGroups = { [Name in keyof Groups]: Under<`${Name}.`, Groups[Name]> };

/** The values of a form by the names of its controls, such as `'obs_info.bucket_name'`. */
export type CreateTrackerFlatForm = Under<'', Omit<DataTracker, keyof Groups>> & Union<FlatGroups[keyof FlatGroups]>;
/** The values of a form by the names of its controls, such as `'buckets.0.bucket_name'`. */
export type CheckObsBucketsFlatForm = Under<`buckets.${number}.`, CheckBucketRequest>;
