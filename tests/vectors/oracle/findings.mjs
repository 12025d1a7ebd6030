// The issues of one validation: errors, and warnings.
const MAX_ISSUES = 1000;

export class Findings {
  errors = [];
  warnings = [];

  error(code, path, params = {}, serverCode = undefined) {
    this.errors.push(serverCode === undefined ? { code, path, params } : { code, path, params, serverCode });
  }

  warn(code, path, params = {}) {
    this.warnings.push({ code, path, params });
  }

  result(value) {
    const issues = capped(this.errors);
    const warnings = capped(this.warnings);
    return issues.length > 0 ? { issues, warnings } : { value, issues, warnings };
  }
}

function capped(list) {
  if (list.length <= MAX_ISSUES) return list;
  return [
    ...list.slice(0, MAX_ISSUES),
    { code: 'too_many_issues', path: [], params: { more: list.length - MAX_ISSUES } },
  ];
}
