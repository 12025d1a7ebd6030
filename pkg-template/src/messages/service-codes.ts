import { en } from './en.js';
import { type Locale, localeOption } from './locale.js';

/**
 * What a code of the service means and what to do about it; undefined for an unknown code.
 * The case of the prefix does not matter, and `APIG.` is the same as `APIGW.`.
 */
export function formatServiceCode(code: string, locale: Locale = en): string | undefined {
  localeOption(locale);
  return serviceCodeText(code, locale);
}

/** The same. It does not put English into the bundle. */
export function serviceCodeText(code: string, locale: Locale): string | undefined {
  const codes: Readonly<Record<string, string>> = locale.serviceCodes;
  const key = serviceCodeKey(code);
  return Object.hasOwn(codes, key) ? codes[key] : undefined;
}

/** The spelling of a service code in `errorCodes`: the service and its gateway use any case, and both APIG and APIGW. */
export function serviceCodeKey(code: string): string {
  const dot = code.indexOf('.');
  if (dot < 0) return code;
  const origin = code.slice(0, dot).toUpperCase();
  return (origin === 'APIG' ? 'APIGW' : origin) + code.slice(dot);
}
