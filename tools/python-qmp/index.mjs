export { installPythonQmp } from './install-python-qmp.mjs';
