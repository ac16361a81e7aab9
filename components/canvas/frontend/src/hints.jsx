// What stands beside the drawing while nothing is selected.

export function Hints({ selected, onFold }) {
  if (selected > 1) return <p className="about">{selected} parts are selected.</p>;
  return (
    <section className="form hints" aria-label="How to draw">
      <h3>How to draw</h3>
      <button type="button" onClick={onFold}>Fold this away</button>
      <ul>
        <li>Add a part from the palette: choose it or drag it.</li>
        <li>Connect: drag from the dot of one node to another node.</li>
        <li>Select a node or an edge to fill in what is known of it, here.</li>
        <li>Move an edge: select it, then drag one of its ends to another node.</li>
        <li>Rename with a double click or F2.</li>
        <li>Hold Shift and drag to select several, Ctrl and click to add one.</li>
      </ul>
      <h4>Without a mouse</h4>
      <ul>
        <li>Tab goes from node to node, Enter selects, arrows move.</li>
        <li>C goes to “Connect to”, L arranges, Delete deletes.</li>
        <li>Ctrl+Z undoes, Ctrl+X, C, V and D cut, copy, paste and duplicate.</li>
      </ul>
    </section>
  );
}
