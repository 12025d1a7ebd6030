// The console in front of a server.
import { start } from './start.js';

start();
