import 'element-plus/dist/index.css';
import { createApp } from 'vue';
import TrackerForm from './tracker-form.vue';

createApp(TrackerForm).mount('#app');
