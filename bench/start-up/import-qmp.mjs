// What a process takes that does nothing but import the package.
// oxlint-disable-next-line import/no-unassigned-import -- importing it is all that is measured
import 'qmp';
