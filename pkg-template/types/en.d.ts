// Types of `cts-tracker/en`: the same with English texts alone. `locale: 'zh-CN'` is a TypeError here, as any locale there
// is none of; a catalogue does, such as `cts-tracker/locales/zh-CN.json`. The build puts the rest of index.d.ts below.

export type Locale = 'en';
