import {
  createCtsClient,
  createTrackerFormSchema,
  emptyTrackerForm,
  fieldState,
  isCtsError,
  toFieldErrors,
  validateCreateTrackerForm,
  withOptions,
  zhCN,
} from 'cts-tracker';
import { computed, reactive, ref } from 'vue';

// `prune`: a hidden field is neither an error nor sent. The form keeps its value.
const options = { locale: zhCN, prune: true };
const client = createCtsClient({ baseUrl: '/', projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01', locale: zhCN });

export function useTrackerForm() {
  const values = reactive(emptyTrackerForm('system'));
  const states = computed(() => fieldState(values));
  const warnings = computed(() => toFieldErrors(validateCreateTrackerForm(values, options).warnings));
  /** The errors of the service by field. */
  const rejected = ref<Record<string, string[]>>({});
  const message = ref('');

  async function send() {
    rejected.value = {};
    const { value } = validateCreateTrackerForm(values, options);
    if (value === undefined) return;
    try {
      const { id } = await client.createTracker(value);
      message.value = `已创建 ${id}`;
    } catch (error) {
      if (!isCtsError(error)) throw error;
      message.value = error.message;
      rejected.value = toFieldErrors(error, options);
    }
  }

  return { schema: withOptions(createTrackerFormSchema, options), values, states, warnings, rejected, message, send };
}

export type TrackerForm = ReturnType<typeof useTrackerForm>;
