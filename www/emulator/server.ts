// What `npm start` needs of this folder.
export { CommandError, EmulatorControl } from './control.js';
export { emulatorDefaults } from './defaults.js';
