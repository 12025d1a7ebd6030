import { createRoot } from 'react-dom/client';
import { TrackerForm } from './tracker-form.js';

const root = document.getElementById('root');
if (root) createRoot(root).render(<TrackerForm />);
