/** YAML as a file is written in it: a library of some size, loaded only by whoever writes a lesson. */
export { stringify } from 'yaml';
