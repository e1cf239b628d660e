<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About ACQ Studio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apache License 2.0. Qt is used under the LGPL 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantizes image classifiers without their data, shows how, and proves the exported file. After ACQ (Li et al., arXiv 2301.07266); what is our own choice is marked so in the documents.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A zip with versions, settings and logs for a report; no pictures, no weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About ACQ Studio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin the run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file with trained weights (.safetensors, .pth, .pt).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose labelled images that only measure accuracy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do that change again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End training here; measure and export what there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every setting but the model and the test images back to its default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an action...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with this run from its last checkpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High contrast theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load settings...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at an earlier run, with all its curves and pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure on the test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure this run&apos;s models once more, on the images chosen in step 5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model layers...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open model...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open run...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open test images...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder of this run in the file manager.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preferences...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put every panel back in its first place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a checkpoint and stop; the run can be taken up again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save debug package...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save settings...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show run folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the built-in classifier of clothes; it needs no file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the last change of a setting back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the settings of a file or of another run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take up again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen model&apos;s layers: shapes, parameters, multiply-adds, planned bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a few letters of what you want to do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait after the current step; go on later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What each step and each setting does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the quantized model and check it in ONNX Runtime.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the settings to a file; the command line takes the same file.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AttentionStrips</name>
    <message>
        <source>Attention maps of the samples in eval mode, train mode, and their difference</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AttentionView</name>
    <message>
        <source>Attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bold: half of the samples are above it. Thin: 25 and 75, faint: 10 and 90 percent. Second colour: the selected sample.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cosine similarity of the maps in both modes, mean of the samples; 1 is the same map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distribution of the samples&apos; similarity over the steps of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw the attention centres on the maps of eval mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each strip, from left to right: attention in eval mode, in train mode, and eval less train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of each map covers its sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity of the attention maps, percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similarity of eval and train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer whose attention is shown and corrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The teacher&apos;s attention in eval mode and in train mode appears here side by side, with their difference.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>eval · train · eval − train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sample {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>select a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>similarity {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Not now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BitsDelegate</name>
    <message>
        <source>Bits of the layer&apos;s weights</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Accuracy by class, quantized and float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float {0} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quantized {0} %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>A checkpoint is saved; the run can be taken up again at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run is active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the run and close?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run is still in its last step. The window closes when it has ended.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColourScale</name>
    <message>
        <source>Attention in times the even one: 1 is what every place has if attention is spread evenly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour scale from {0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eval less train, in times the even attention; more in train mode at the left, in eval mode at the right</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix: rows are the true classes, columns what is seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} seen as {1}: {2} of {3} ({4} %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} seen as {1}: {2} points against float</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>Don&apos;t load it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file can run code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} Whoever wrote it could read and change your files. Load it only if you trust its author.

{1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>A .pt2 file can run code when it is loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A checkpoint needs a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of the path is a file, not a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ACQ checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow more bytes, or fewer bits for the layers whose bits are set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An ONNX file can&apos;t be a teacher, although this one still has its batch-norm layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is working on this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At {0}: smallest {1}, largest {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention differs between eval and train mode, so batch-norm statistics mislead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention is not where it was asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits are allocated to one budget: a mean number of bits, or a size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits are set for layers that the model does not have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrate it, then export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvases are left out: their batch-norm error is {0}, above {1}. The model was trained on other kinds of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the disk and the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the model&apos;s weights and its mean and standard deviation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network. Without one, fetch that file on another machine and put it into {0}, or give it as a model file with the architecture {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network. Without one, fetch {0} of {1} on another machine, and give it as a model file with the architecture {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder on another disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder that you may write to, with enough free space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model that was trained with batch norm, such as a ResNet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a shorter name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an empty folder or a new name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an opset from {0} to {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder, go on with it (acq resume), or allow it to be replaced (--overwrite).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder, or change its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the layers that &apos;acq inspect&apos; lists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of these, or auto.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose opset {0} or newer, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose some in step 5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the architecture that the weights were trained with, or leave it out to have it recognised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder that a quantization run made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy or download the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the details into a report. The run folder is intact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the log into a report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the value, or leave the setting out to use its default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data-free quantization learns its samples from the statistics that batch-norm layers keep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it again. Weights of 7 and 8 bits need ONNX Runtime 1.27 or newer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it as acq instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it as acq or pt2 instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it as onnx or pt2 instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it with a batch size that may change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files of the format {0} have no {1} that could be chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tune for more steps, or use more bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First: acq export {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For PyTorch users: runs with torch alone, in float arithmetic; such files can run code, so load them only from people you trust.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formats: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one value for each channel, or leave both out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the file with its weights instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here torch can compute on: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you have the network&apos;s Python source, give that file (it needs --trust), or choose the architecture with --arch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you trust its author, allow it (--trust). Otherwise use a file with weights alone, such as .safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you trust where it comes from, add --trust.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In phase {0}, step {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install ACQ Studio again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install it with: pip install &apos;acq-studio[openvino]&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install it: pip install timm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It announces a key is neither a name nor a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It announces a storage of an unknown kind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It announces a storage of impossible size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It announces a tensor of impossible size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It announces a tensor of unknown kind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It announces a tensor reaches beyond its values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It announces more than {0} tensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It asks for {0}. Nothing of it was run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It gives back {0}, not a torch.nn.Module.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has more than {0} pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has no convolution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has {0} bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has {0} bytes; the limit is {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has {0} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has {0} of them in {1} operators; ONNX graphs are not turned back into trainable networks here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has {0} parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It holds no graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It holds: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is a folder, not a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It returns {0} values; the first one&apos;s shape is {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes {0} tensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It turns weights around.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It uses {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would unpack from {0} to {1} bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its SHA-256 begins with {0}, not {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its answer has the shape {0}; expected was (1, {1}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its answer is {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its batch norm is folded into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its exit code is {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its first line must name the columns file and label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its format is {0}; this program reads up to {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its input is {0} x {1} pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its layers are: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its metadata have no entry &apos;acq&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its output is no feature map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its steps must not depend on the values that it sees. Check the input size as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its table of contents can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its table of contents is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its {0} pictures would take {1} GiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels count from 0, in the order of the model&apos;s classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the option out, or choose the format onnx or onnx-int4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the run come to its first checkpoint, or name a model instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the run end, or take it up again with: acq resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit the number of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading must only build the network, not train it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower the learning rate or the largest loss weight, then resume or start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower the learning rate or the largest loss weight.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower the learning rate, or use more bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean and standard deviation don&apos;t fit the model&apos;s channels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring what each layer&apos;s weights cost at 2 to 8 bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merged into the layer before it where that is possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models for classification use convolutions, linear layers, activations, pooling and sums.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than {0} bytes came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name a file in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name a module whose output has the shape (batch, channels, height, width).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the run that it was exported from: acq verify FILE --run RUN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No layer can have so few bits: {0} on average.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture was evaluated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of its {0} operators is a batch norm; the statistics that samples are learned from are gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not used by the forward pass.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing of it was run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ONNX files with opset {0} can&apos;t be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ONNX, packed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {0} % of the top classes equal the quantized model&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open another run; the pictures and models in the folder may still be whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenVINO can&apos;t run the exported model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenVINO is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture {0} has the label {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures with {0} channels can&apos;t be given to a model with {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PyTorch program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise the weight of centre, or lower the centre reach.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise the weight of class, or give the warm-up more steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise the weight of modes: attention.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise the weight of pair, or lower the weight of class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove that folder, or name it otherwise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resize the pictures, or set the input size that the model was trained with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it on its own to see where that happens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the quantization again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples are learned from the statistics that batch-norm layers keep of their training data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples of one class are nearly alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save only the weights, with torch.save(model.state_dict(), FILE) or as .safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the weights with torch.save(model.state_dict(), FILE) or as .safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set a larger input size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the input size that the model was trained with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the number of classes to {0}, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the size that the model was trained with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similar names: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stays float: only convolutions and linear layers are quantized.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stays float: transposed convolutions are not quantized.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped after {0} of {1} passes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The CIFAR file is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ONNX file is damaged or incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ONNX file is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The architecture was recognised as {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive is packed in a way that torch never uses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The batch-norm layers of this ONNX file are merged into the convolutions, so it can&apos;t be a teacher.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The built-in sample can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The checkpoint can&apos;t be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The checksum of {0} differs from the one in {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The checksum of {0} is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The debug package can&apos;t be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The details are in the run folder&apos;s log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device {0} is not available.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is read-only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk quota is used up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download broke off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The downloaded file is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported file did not pass its check. {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported model can&apos;t be opened in ONNX Runtime.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported model can&apos;t be run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported model could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported model is not valid ONNX.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported program can&apos;t be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported program must take one batch of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The features of {0} can&apos;t be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fewest bits need {0} bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file also holds averaged weights ({0}); these were taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file can&apos;t be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file does not lie in a run folder, so there is nothing to compare it with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file holds more than weights: it asks for program code while it is loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file holds no weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file or folder does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file to run: 8-bit integer kernels in ONNX Runtime and elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file&apos;s table of contents is missing or too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file&apos;s table of contents is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first is {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder for the exported files can&apos;t be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder is not empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The format acq can&apos;t hold an argument of {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The format acq can&apos;t hold the operator {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The forward pass must not depend on the values in the picture, and must allow any batch size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The generator&apos;s losses are no longer numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The graph&apos;s answers differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header is longer than the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input size is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input size was assumed to be {0} px; set it if that is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layers were not all measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The limit is {0} bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of weights is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log can&apos;t be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The losses are no longer numbers, so training was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model answers NaN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model can&apos;t be turned into a graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model does not answer with one number for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file can&apos;t be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file is damaged or incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has no convolution or linear layer that can be quantized.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has no layer with feature maps larger than one pixel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has no layer {0} whose attention can be corrected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has no layer {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has no such layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model must return one score for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model must take one batch of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model takes {0} channel(s); there are {1} means and {2} standard deviations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s description is damaged, or of a newer version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s description is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name is too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network can&apos;t be turned into a graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network can&apos;t take a picture of {0} x {1} pixels with {2} channel(s).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network computes weights while it runs; that is not supported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network gives back no logits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network gives back no tensor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is large: the preset&apos;s {0} and {1} steps became {2} and {3}, its batches of {4} and {5} samples {6} and {7}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network normalises without stored statistics; that is not supported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network only takes one batch size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network takes {0} inputs; it must take one batch of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network tells {0} classes apart, not {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network uses an operation that is not supported: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s activations are not finite numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s graph is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s structure is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s structure is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The old run can&apos;t be removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures can&apos;t be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures in this folder have no labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures look unlike those that the model was trained on: at {0} their mean is {1} deviations off and their spread differs by a factor of {2}. Check mean, standard deviation and input size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process that opened the file gave no usable answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process that opened {0} ended without an answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program was exported for pictures of {0} pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized model can&apos;t be expressed in ONNX.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized model can&apos;t be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized model can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized model can&apos;t be written as an exported program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized model does not fit the run&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized model has no ranges yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized model is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized model itself, bits packed without gaps: to load again, train on and export anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized network answers differently from the float one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run ended with an unexpected error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run ended without a result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run folder can&apos;t be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run folder can&apos;t be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run folder has no teacher.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run folder was changed, or written by another version. Run the quantization again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run has no checkpoint, so there is no trained generator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run has no images to verify the export on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run has no quantized model yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was written by a newer version of ACQ Studio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run&apos;s description can&apos;t be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run&apos;s description is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run&apos;s events can&apos;t be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting {0} has a value that can&apos;t be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file is not valid JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings were written by a newer version of ACQ Studio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The smallest ONNX file: weights of up to 4 bits are packed two to a byte; needs opset 21.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table names a file outside its folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table of contents is not one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table of labels is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table of labels is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table of labels lacks a column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table of metrics can&apos;t be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The teacher does not see the classes that were asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The teacher&apos;s description is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The teacher&apos;s description is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The teacher&apos;s weights are not the ones that the run was started with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set can&apos;t be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set has no pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set has no {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set has {0} classes, the model {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set has {0} pictures but {1} labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set would unpack to too much data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set&apos;s class names are of another kind than expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set&apos;s images are of another kind than expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set&apos;s labels are of another kind than expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test set&apos;s pictures don&apos;t have the size that the model takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training diverged, or the file is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The variances {0} hold negative values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights are timm&apos;s {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights are torchvision&apos;s {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights belong to no architecture that is known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights can&apos;t be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights don&apos;t fit into {0} bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights don&apos;t fit the architecture {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights don&apos;t fit the network&apos;s structure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights don&apos;t fit what {0}() builds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights fit these as well: {0}. If the accuracy is not what you know, choose one of them with --arch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights in the run folder are damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights of {0} can&apos;t be fetched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights tell {0} classes apart, not {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights {0} are of a kind that can&apos;t be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights {0} hold NaN or infinite values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their names are {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their version is {0}; this program reads up to {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no samples to calibrate with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no test images to measure on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {0} answers to compare with, but {1} pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a file of that name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a run in this folder already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no architecture called {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no built-in sample called {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no exported file to verify.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no format called {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no permission to do that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run in this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is one: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are {0} of shape {1}; expected is int64 of shape (N,).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are {0} of shape {1}; expected is uint8 of shape (N, H, W, 3) or (N, H, W).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They have {0} x {1} pixels; the model takes {2} x {3}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive holds no model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file is no quantized model of ACQ Studio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder holds no CIFAR test pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This format needs opset {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no settings file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a model file that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a test set that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model has no batch norm, so it can&apos;t be a teacher.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This network can&apos;t be written with opset {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This network can&apos;t take {0} channels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pickle was not written by torch.save.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run has finished; there is nothing to resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update ACQ Studio to open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update ACQ Studio, or start from the defaults.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a .npz file with images and labels, or a folder with one folder of pictures for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a .safetensors, .pth or .pt file with trained weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a checkpoint from before that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a file that was exported with the format acq.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a folder with one folder of pictures for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a test set with the classes that the model was trained on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use an image classifier that returns its logits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use grey or RGB pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use one folder for each class, or name the folders by class number from 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use one folder for each class, or put a labels.csv with the columns file and label beside them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the checkpoint that it was exported from, or export the network with torch.export.save as .pt2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the checkpoint that it was exported from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the checkpoint that the ONNX file was exported from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the file as torch.save wrote it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use {0} instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until it has ended, or choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight bits were chosen by sensitivity, {0} on average: {1} bit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it with numpy.savez_compressed(FILE, images=..., labels=...).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write one that gives back the network, or name another one: {0}:NAME</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`acq models` lists every architecture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run.json: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timm has no network called {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timm.list_models() lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} % of the rows differ from the integer reference, by at most {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} % of the rows differ from the quantized model&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} announces more values than it holds, or none at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} begins with {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} bytes are no whole number of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} bytes of weights are announced, {1} are there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} bytes would become {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} can&apos;t be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} can&apos;t be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} canvases join the samples: their batch-norm error was {1}, {2} after refining.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} file(s) could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} has no function called {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} has no published weights that can be fetched by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} has no published weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} has the columns: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} has {1} bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} holds files that are not a run&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is being written by process {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is no Python source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is no array.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is no mode of a quantized model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is no type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is not a .safetensors file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is not one of ImageNet&apos;s 1,000 classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is there twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is {1}: loading it can run code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} label(s) are outside 0 to {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} needs opset {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} needs the package timm, which is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} bytes came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} settings have values that can&apos;t be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} test images could not be read and were left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} took longer than {1} seconds to load, so it was ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1} convolutions stay float in the runtime.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}() in {1} gives back no network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: there is no such file or folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: there is no such file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}bit_width is {1}, not 2 to 8.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the message, the details and the versions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details for a report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something did not work</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convolutions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Equal to the integer reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Equal to the quantized model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same answer as the quantized model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file computes what the quantized model computes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file does not compute what the quantized model computes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time for 16 pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time for one picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing the file, then running it...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>synthetic samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} % of rows, bit for bit, on {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} integer, {1} float</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FeatureCanvas</name>
    <message>
        <source>Map of the samples&apos; features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sample {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FeatureMapView</name>
    <message>
        <source>Between the samples and as many test images; 0 for equal distributions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Between two halves of the test images: as near as samples can come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each synthetic sample appears here as a point: samples that the teacher sees alike lie close together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feature map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filled: synthetic samples. Small and hollow: test images; their two main axes are the map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean distance of a sample&apos;s features from the mean of its class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png);;SVG drawing (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the samples&apos; variance that lies in this plane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the feature map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the map as PNG or SVG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show test images too, as small hollow marks; they only measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the points of one class only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The map is the plane in which the samples differ most. With test images it would be theirs, and they would be shown too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The spread that real pictures have; samples with much less are too alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Within a class, samples are spread {0} % as wide as test images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diversity of pairs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shown on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spread in a class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same, test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, step {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>above {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above {0}, up to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>No test images: accuracy is not measured. Agreement is on {0} synthetic samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantized: so far, on {0} of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-1 on {0} test images, convention {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>agrees with float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quantized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size, exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size, float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time, exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time, float</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FileActions</name>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a model (.safetensors, .pth, .pt, .pt2, .py), test images (.npz, a folder), or a run folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images and labels (*.npz)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder of test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save debug package</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings can&apos;t be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file can&apos;t be used here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} holds: {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HealthPanel</name>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tells a good run from a bad one, and what to change.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Default: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many bits weights and activations keep. At 4 bits little accuracy is lost; below 4 bits it depends on everything else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much time the generator and the quantized network get. The presets are a good start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How samples are made that stand for the training data. Each loss has a weight; 0 switches it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled pictures that measure accuracy. Quantization never sees them, and works without them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The trained classifier that is quantized. It needs batch-norm layers: their statistics are what is known of the training data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topics</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>Bits of each output; –: the output stays float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of each weight; double click to set them for the next run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Highest weight that can be represented</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the answer changes if only this layer is quantized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lowest weight that can be represented</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outputs that lie outside the range that can be represented</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape of the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squared error of the quantized weights, relative to their squares</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step between two neighbouring output values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The module&apos;s path in the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the layer computes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sensitivity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weights</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayersView</name>
    <message numerus="yes">
        <source>%n layer(s); weights {0} → {1}, {2} bit on average</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Computed from shapes and bits; scales and zero points come on top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every quantized layer appears here after calibration: its bits, ranges and error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of a layer&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show layers whose name contains this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table of the quantized layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>search a layer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>The best value of the first curve so far, as measured: the diamond.
A run&apos;s result is its last value, not its best.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LegendRow</name>
    <message>
        <source>{0}
Click to hide or show it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} curve</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Calibrate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checkpoint at step {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the selected text, or all entries shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the newest entry in sight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lowest level shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phase: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run in {0}, device {1}, seed {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show entries of this level and above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show entries that contain this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text that entries must contain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the run does is written here, line by line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>follow</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>Arrows move the cross-hair from point to point, plus and minus zoom, 0 shows the whole run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best {0} at step {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last, smoothed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} curves over the steps of the run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LossesView</name>
    <message>
        <source>A double click on the plot, or the key 0, does the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All three groups, one over the other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Axis, smoothing, and the part of the run that is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing (SVG)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Losses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Losses on a logarithmic axis; values at or below 0 are not drawn on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None: as measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points in the moving average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points in the moving average of the bold curves; 1: as measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the curves as a picture (PNG, SVG) or their values as a table (CSV)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the curves of this group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Student</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table of all values (CSV)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The losses of the generator and of the quantized network appear here, step by step, as soon as a run starts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smooth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Look at it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take up again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run {0} was interrupted. Its last checkpoint is whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused, </source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarkLegend</name>
    <message>
        <source>Attention centre: the ring is where it was asked for, the dot where the teacher&apos;s attention is.
The line&apos;s colour is their distance; the picture is 2 wide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legend of the attention centres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measured</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meter</name>
    <message>
        <source>Processor time (100 % is one core) and memory of this program</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MethodPanel</name>
    <message>
        <source>3  Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention-corrected samples: conditioned on class and attention centre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The baseline (ECCV 2020): conditioned on the class alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of the generator&apos;s losses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of the quantized network&apos;s losses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class {0}, BN {1}, centre {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>BN statistics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch-norm statistics in train mode: distance from the stored ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cosine similarity of attention in eval and train mode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-entropy of the student&apos;s output with the class asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-entropy of the teacher&apos;s output with the class asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference of the attention maps in eval and train mode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference of the teacher&apos;s outputs in eval and train mode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance of the samples&apos; batch-norm statistics from the stored ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Equal top-1 of quantized and float model on synthetic samples kept apart from training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feature similarity of two samples of one class and centre; lower is more diverse.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL divergence of the student&apos;s output from the teacher&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean distance of measured and asked-for centre (the picture is 2 wide).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean feature distance of two samples of one class (1 - cosine).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relative squared error of intermediate features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples in which the teacher sees the class asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squared distance of measured and asked-for attention centre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-1 of the float model on the test images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-1 of the quantized model on the test images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weighted sum of the generator&apos;s losses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weighted sum of the student&apos;s losses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>centre error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>distillation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diversity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>generator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modes: BN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modes: attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modes: output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quantized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>student</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>total</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelLayersDialog</name>
    <message>
        <source>Attention can be corrected at these layers, the last first: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input {shape}, {classes} classes. {parameters} parameters, {multiply_adds} multiply-adds, {batch_norms} batch norms, {layers} layers to quantize.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>multiply-adds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>type</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>1  Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file with trained weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop another model here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fashion sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching the weights: {0} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching the weights: {0} of {1} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known architectures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looked at when the run starts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the model...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures of clothes, input 1 × 32 × 32
{0} parameters, {1} BN layers, {2} classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent files, and classifiers of torchvision and timm by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the built-in classifier of clothes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s layers: shapes, parameters, planned bits (Ctrl+M).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found in the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as typed below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recognize by the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model&apos;s own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, input {4}
{1} parameters, {2} BN layers, {3} classes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelWatch</name>
    <message>
        <source>Choose it again to be asked again, or use a file with weights alone, such as .safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberEdit</name>
    <message>
        <source>auto</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>{0}, slider</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageActions</name>
    <message>
        <source>Looking at the model...</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PaletteDialog</name>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a few letters, such as: exp</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Fewer settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PhaseBar</name>
    <message>
        <source>Progress of the run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Phases</name>
    <message>
        <source>Calibrate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>{0} can&apos;t be shown; the log says why.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Plot</name>
    <message>
        <source>step 0</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One is left to the window, so that it stays quick. For the next run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all but one</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QuantizationPanel</name>
    <message>
        <source>2  Quantization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>W{0} A{1}, ends {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>Choose a model of {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model file is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file is not there: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test images are not there: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>A look during the run. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At its end the run exports the model, runs the file in ONNX Runtime and compares.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convention A: all layers at the same bits, input and additions in float, as papers report it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convention B: 8-bit input and quantized additions, as a runtime executes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on {0} test images. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not verified yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run in {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without test images there is no accuracy to show. Agreement with the float model was measured on {0} synthetic samples. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of its answers are the quantized model&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of the outputs for {1} equal the integer reference bit for bit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} convolutions run on integers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} synthetic samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}× faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}× slower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}× smaller</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsView</name>
    <message>
        <source>Accuracy before and after, size, and the check of the exported file appear here at the end of a run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy by class, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference to the float model&apos;s top-1, percentage points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float and quantized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float: the float32 weights. Exported: the file. 1 kB is 1000 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images on which the first answer is the float model&apos;s, percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images whose first answer is right, percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median time for one image in ONNX Runtime on this machine, milliseconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the file in its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is taken for what</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which model&apos;s confusion matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a copy of the file where you want it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>latency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows: the true class; columns: what is seen; point at a cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the {0} of {1} classes that lost most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top-1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunActions</name>
    <message>
        <source>Measuring on the test images...</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Can&apos;t start. {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done in {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done in {0}. The exported file is verified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model; the first time takes a few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused. Nothing is lost; go on whenever you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pauses after this step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the run...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready. Start quantizes the model; no images are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving a checkpoint, then stopping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped; a checkpoint is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunBars</name>
    <message>
        <source>Accuracy, size and latency of the compared runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>latency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quantized top-1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunCompare</name>
    <message>
        <source>All settings of these runs are the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curve compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One curve of every compared run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings that differ between the runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which curve of the runs is drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>← All runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunConfig</name>
    <message>
        <source>Activations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adam&apos;s learning rate of the generator. Lower it when its losses jump.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow a file that can run code: Python source, .pt2, TorchScript. Consent holds for one start of the program, and no settings file can give it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention must be alike in eval and train mode. Higher: attention that depends less on the rest of the batch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Averaging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B is what a runtime executes: 8-bit input, quantized additions. A is what papers report: every layer at the same bits, input and additions in float.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BN statistics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch-norm statistics must also fit in train mode. Higher: samples that behave alike in both modes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of each activation. They cost accuracy first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of each weight. Fewer bits cost accuracy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of the first and last layer&apos;s weights. Empty: 8 in convention B, the same as the others in convention A.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits per layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blends pairs of samples for the quantized network. It then also sees what lies between two samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvases are left out where their batch-norm error is above this. The model was then trained on other kinds of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre sharpness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels of the generator&apos;s first stage. Wider can draw more, and is slower.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divides each channel after the mean is subtracted. It must be that of the training, or accuracy suffers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tuning also adjusts the step sizes, of weights and of activations. Off: they stay as calibration found them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First and last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First and last layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a network from Python source: the checkpoint with its trained weights. Empty: the function loads them itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generator batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generator rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generator steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generator warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives each layer its own weight bits, by sensitivity, so many on average; empty: all the same. First, last and single layers that are set keep theirs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height and width of the picture that the model takes. Empty: the usual size of the weights or the architecture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How a weight&apos;s range is found: least squared error, or smallest and largest value. The first is better at few bits; at 8 bits they hardly differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far from the middle a centre may be asked for. 1 is the picture&apos;s edge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many checkpoints are kept. Older ones are deleted when a new one is whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many classes the model tells apart. Empty: read from the weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many images to use. Empty: all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much time to spend. It sets steps and batches; each can then be changed alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intermediate features must equal the teacher&apos;s. Higher keeps the layers between close to it, not only the answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the class loss from asking for certainty. Higher: less sure samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled images: an .npz file, or a folder with one folder a class. They only measure accuracy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest relative change of a learned scale in one step. 0 leaves the scales as they were found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn scales</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the quantized network&apos;s weights. Lower it when accuracy falls while it learns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure on the built-in sample&apos;s test images. Off: the sample is treated like a model without any.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirrors half of the samples for the quantized network. Switch it off where left and right mean something, as in digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mixup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers drawn at random for each sample. More leave more room for variety.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Power of the attention map before its centroid is taken. Higher follows the peak.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor threads of this run. Empty: as in the preferences; the command line takes torch&apos;s choice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample&apos;s images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples in one generator step. More give steadier batch-norm statistics, and take longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples in one student step. More are steadier, and take longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples must give the batch-norm statistics of the training data. Higher: more natural samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the old in a moving average of the quantized network&apos;s weights, which is what is kept in the end; 0: no average. 0.99 smooths over a hundred steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the quantized network&apos;s pictures that are drawn shapes instead of samples. They widen what it sees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softens both answers before they are compared. Higher: the wrong classes count for more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps between two checkpoints. After a crash, the steps since the last one are done again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps between two looks at the samples. Each is kept in the run folder, so few steps fill the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps between two points of the curves. Fewer give finer curves and a larger file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps in which only the generator learns. More give better samples, until the curves are flat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps in which the quantized network learns. More give accuracy back, until its curve is flat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Student batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Student rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtracted from each channel after pixels are scaled to 0..1. It must be that of the training, or accuracy suffers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synthetic samples from which activation ranges are taken. More are safer, and cost only a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The attention&apos;s centre must be where it was asked for. Higher: more varied positions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The built-in sample&apos;s, torchvision&apos;s or timm&apos;s name of the model. A file needs none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The checkpoint with the trained weights. One that can run code is opened only with your consent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer whose attention is corrected. Empty: the last one before pooling.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network that the weights belong to. Empty: recognised by the names and shapes in the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized network must answer like the teacher. This is its main loss; the others are weighed against it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantized network must see the class that was asked for. Useful only where the teacher sees it too: see class in Health.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The teacher must answer alike in eval and train mode. Higher: answers that depend less on the rest of the batch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The teacher must see the class that was asked for. Higher: surer, more alike samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trust</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two samples of one class and centre must differ. Higher: more variety.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual means and deviations by name; own: those of the weights or the architecture. Mean and standard deviation, where they are given, go before it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight bits of single layers, by name. A layer that is not named has the bits of all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where random numbers begin. The same seed on the same machine gives the same result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the model comes from. A checkpoint is a file of your own; the others are known by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to compute. auto takes the fastest one there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While fine-tuning, one generator step every so many student steps. 0: the generator stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While the generator learns on, the quantized network draws from so many of its latest samples. Smaller: fresher samples, less variety.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accurate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>acq</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>acq: attention-corrected samples. gdfq: the baseline (ECCV 2020).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adamw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adamw, or the baseline&apos;s sgd with Nesterov momentum. Each needs its own learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>centre: conditioned on class and attention centre. gdfq: on the class alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cifar10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cifar100</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cpu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cuda</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>custom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>distillation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gdfq</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>imagenet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minmax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modes: BN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modes: attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modes: output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sgd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>student class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>torchvision</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Bits of weights and activations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference, percentage points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double click to write notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images on which the first answer is the float model&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the exported file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-1 of the float model on the test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-1 of the quantized model on the same images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>W/A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>agreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quantized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to float</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunsView</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves, figures and settings of the selected runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every run is listed here with its accuracy and size, to be opened, compared or repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the selected runs to the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select 2 to 6 runs to compare them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one run to open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one run to use its settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select runs to delete them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show runs whose name, model, state or notes contain this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the run with all its views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table of all runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take over the run&apos;s settings for a new run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text that runs must contain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>search runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SampleFacts</name>
    <message>
        <source>  probability of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similarity of attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Student sees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teacher sees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>class {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SampleGrid</name>
    <message>
        <source>Grid of synthetic samples</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SampleLarge</name>
    <message>
        <source>Attention in eval mode less attention in train mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention of the teacher in eval mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention of the teacher in train mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the grid (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the attention map covers the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next sample (→)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One sample, large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity of the attention map, percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous sample (←)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scrub through the sample&apos;s history; at the right end it follows the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step of the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>← All samples</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SamplesView</name>
    <message>
        <source>A marked corner: teacher or student sees another class than was asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw the attention centres on the samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the samples; what deserves a look comes first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the grid as a picture (PNG)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the samples of one class only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synthetic samples appear here: ring is the attention centre asked for, dot the one measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another class is seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SchedulePanel</name>
    <message>
        <source>4  Schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A first look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accurate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All the accuracy that there is; the longest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most of the accuracy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accurate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1} + {2} steps</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsModel</name>
    <message>
        <source>A number is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A whole number is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed are {0}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it does</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TestImagesPanel</name>
    <message>
        <source>5  Test images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder with one folder of pictures for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An .npz file with images and labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the test images away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They only measure accuracy; quantization never sees them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: accuracy is not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the sample&apos;s own, 2,000</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>Numbers with commas between them are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>automatic</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Themes</name>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewIntents</name>
    <message>
        <source>Another run can be opened once this one has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Move %n run(s) to the trash?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings can be changed once the run has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken for the next run. Undo takes it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notes can&apos;t be saved.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feature map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Losses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WeightGrid</name>
    <message>
        <source>Select a layer to see the values that its weights can have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1} bit, {2} values in steps of {3} from {4} to {5}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowFrame</name>
    <message>
        <source>Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
