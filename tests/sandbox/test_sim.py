"""The simulated device behaves like CUDA, or says that it is unavailable."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch.utils import backend_registration

from grader.sandbox import sim
from grader.sandbox.array_codec import Unsendable
from grader.sandbox.sim import registration

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STRICT = ("-W", "error", "-W", "ignore:`torch.jit.script` is deprecated")
MIXED = "Expected all tensors to be on the same device, but found at least two devices, sim:0 and cpu!"


def _programs():
    spec = importlib.util.spec_from_file_location("programs", HERE / "programs.py")
    module = sys.modules["programs"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


programs = _programs()


# A process with torch, but without the device, that runs each line it reads in its own child.
NURSERY = """
import json, os, sys, traceback
import torch
torch.set_num_threads(1)
for line in sys.stdin:
    if not os.fork():
        try:
            exec(json.loads(line), {"json": json, "os": os, "sys": sys, "torch": torch})
        except BaseException:
            print(json.dumps({"failed": traceback.format_exc()}))
        sys.stdout.flush()
        os._exit(0)
    if os.wait()[1]:
        print(json.dumps({"failed": "the process ended"}), flush=True)
"""


@pytest.fixture(scope="session")
def alone():
    """A function that runs code in a separate process and returns its JSON output."""
    command = [sys.executable, *STRICT, "-c", NURSERY]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as nursery:

        def run(code):
            nursery.stdin.write(json.dumps(code) + "\n")
            nursery.stdin.flush()
            found = json.loads(nursery.stdout.readline())
            assert not (isinstance(found, dict) and "failed" in found), found["failed"]
            return found

        yield run
        nursery.stdin.close()


@pytest.fixture(scope="session")
def reason(alone):
    """Why there is no simulated device here, determined in a process without a backward pass."""
    return alone("from grader.sandbox import sim; print(json.dumps(sim.available()))")


@pytest.fixture
def enabled(reason, alone):
    """A function that runs code in a process where the device is enabled."""
    if reason:
        pytest.skip(reason)
    return lambda code: alone("import torch\nfrom grader.sandbox import sim\nsim.enable()\n" + code)


@pytest.fixture(scope="session")
def disagreements(reason, alone):
    """The found and the expected outcome of each program that disagrees."""
    if reason:
        pytest.skip(reason)
    return alone(
        f"""
sys.path.insert(0, {str(HERE)!r})
import programs
from grader.sandbox import sim
sim.enable()
wrong = programs.disagreements("sim")
print(json.dumps({{name: f"found {{found}}, expected {{expected}}" for name, (found, expected) in wrong.items()}}))
"""
    )


def test_it_is_here_where_torch_can_carry_it(reason):
    """A new enough torch has the simulated device. An older version gives the reason."""
    if torch.__version__ >= "2.13" or hasattr(backend_registration, registration.SETUP):
        assert reason is None
    else:
        assert "torch" in reason


@pytest.mark.parametrize("name", programs.PROGRAMS)
def test_program(name, disagreements):
    """A small program behaves on the simulated device as on a real one."""
    assert name not in disagreements, disagreements[name]


@pytest.mark.parametrize("name", ["loops", "factory_without_device", "to_numpy", "moved_to_the_cpu"])
def test_programs_disagree_where_nothing_is_another_device(name):
    """On the CPU, a program has a different outcome, because device mistakes have no effect there."""
    program, expected = programs.PROGRAMS[name]
    found = programs.outcome(program, "cpu")
    if isinstance(expected, programs.Refusal):
        assert not isinstance(found, programs.Refusal)
    elif isinstance(expected, programs.Here):
        assert found == programs.There(expected.entries)
    else:
        assert found == expected


def test_mixed_devices_are_named(enabled):
    """Mixing devices raises CUDA's exact message, whichever operand comes first."""
    code = """
x, y = torch.ones(2, device="sim"), torch.ones(2)
said = []
for mix in (lambda: x + y, lambda: y + x, lambda: torch.dot(y, x), lambda: x.clone().add_(y)):
    try:
        mix()
    except RuntimeError as error:
        said.append(str(error))
print(json.dumps(said))
"""
    assert enabled(code) == [MIXED] * 4


def test_cuda_stays_what_it_is(enabled):
    """Without CUDA, a request for CUDA fails as usual, even if the simulated device is enabled."""
    if torch.cuda.is_available():
        pytest.skip("there is CUDA here")
    code = """
x, said = torch.ones(2, device="sim"), []
for move in (lambda: x.cuda(), lambda: x.to("cuda"), lambda: torch.zeros(2, device="cuda")):
    try:
        move()
    except Exception as error:
        said.append(type(error).__name__)
print(json.dumps([said, x.is_cuda, torch.cuda.is_available()]))
"""
    try:
        torch.zeros(2, device="cuda")
    except Exception as error:
        plain = type(error).__name__
    assert enabled(code) == [[plain] * 3, False, False]


@pytest.mark.parametrize("dtype", ["int64", "int32", "uint8", "bool"])
def test_products_of_integers(enabled, dtype):
    """Like CUDA, the simulated device supports sums of integers but no matrix products of them."""
    code = f"""
x, said = torch.ones(2, 2, dtype=torch.{dtype}, device="sim"), []
for product in (lambda: x @ x, lambda: x @ x[0], lambda: torch.dot(x[0], x[0]), lambda: torch.einsum("ij,jk", x, x)):
    try:
        product()
    except RuntimeError as error:
        said.append(str(error).partition('" ')[2])
print(json.dumps([said, (x * x).sum().item()]))
"""
    kind = {"int64": "Long", "int32": "Int", "uint8": "Byte", "bool": "Bool"}[dtype]
    assert enabled(code) == [[f"not implemented for '{kind}'"] * 4, 4]


def test_to_sim_copies(enabled):
    """A tensor moved to the device is a copy with the same strides, detached from autograd."""
    code = """
given = torch.arange(6.0).reshape(2, 3).t().requires_grad_()
put = sim.to_sim(given)
put[0, 0] = 9.0
plain = [tuple(put.shape), put.stride(), str(put.device), put.requires_grad, sim.is_sim(put), sim.is_sim(given)]
print(json.dumps([*plain, given[0, 0].item(), sim.to_host(put).tolist()]))
"""
    entries = [[9.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    assert enabled(code) == [[3, 2], [1, 3], "sim:0", False, True, False, 0.0, entries]


def test_to_host_refuses_what_is_not_there():
    """A result left on the CPU is refused on the way back."""
    with pytest.raises(Unsendable) as refused:
        sim.to_host(torch.ones(2))
    assert str(refused.value) == "a tensor on `cpu`, while the inputs are on `sim`"


def test_to_host_gives_plain_tensors(enabled):
    """A tensor from the device becomes an ordinary CPU tensor; the code that packs it resolves conjugates."""
    code = """
found = sim.to_host(torch.fft.fft(torch.arange(2.0, device="sim")).conj())
print(json.dumps([type(found) is torch.Tensor, str(found.device), str(found.resolve_conj().tolist())]))
"""
    assert enabled(code) == [True, "cpu", "[(1-0j), (-1-0j)]"]


def test_a_process_that_does_not_ask_has_no_such_device(reason, alone):
    """Importing the module and checking whether the device is available don't change a process."""
    if reason:
        pytest.skip(reason)
    code = """
import torch
from grader.sandbox import sim
generator, said = torch.Generator, sim.available()
try:
    torch.zeros(2, device="sim")
except RuntimeError as error:
    print(json.dumps([said, torch.Generator is generator, hasattr(torch, "sim"), str(error)[:24]]))
"""
    assert alone(code) == [None, True, False, "Expected one of cpu, cud"]


def test_enabling_again_changes_nothing(enabled):
    """The device can be enabled twice, but the second time it isn't tested again."""
    code = """
before = torch.ones(2, device="sim")
sim.enable()
print(json.dumps([sim.available(), (before + torch.ones(2, device="sim")).tolist()]))
"""
    assert enabled(code) == [None, [2.0, 2.0]]


def test_a_mention_of_it_imports_little(enabled):
    """No operator imports torch's compiler, symbolic shapes or distributed tensors."""
    code = """
x = torch.ones(3, device="sim", requires_grad=True)
(x[None] @ x).sum().backward()
with torch.inference_mode():
    torch.ones(2, 2, device="sim") @ torch.ones(2, device="sim")
slow = ("sympy", "torch._dynamo", "torch.distributed.tensor", "torch.fx.experimental.symbolic_shapes")
print(json.dumps([name for name in slow if name in sys.modules]))
"""
    assert enabled(code) == []


def test_it_works_in_a_forked_process(reason, alone):
    """A process forked after the first use of torch can enable the device, with gradients."""
    if reason:
        pytest.skip(reason)
    code = """
import torch
from grader.sandbox import processes, sim
torch.nn.functional.conv1d(torch.ones(1, 1, 3), torch.ones(1, 1, 2))
def child():
    sim.enable()
    x = torch.ones(2, device="sim", requires_grad=True)
    (x * x).sum().backward()
    print(json.dumps(x.grad.tolist()), flush=True)
os.waitpid(processes.fork(child), 0)
"""
    assert alone(code) == [2.0, 2.0]


def test_the_reason_after_a_backward_pass(alone):
    """After a backward pass, autograd has no thread for the device, and the reason says so."""
    if not hasattr(backend_registration, registration.SETUP):
        pytest.skip("this torch can't have the device anyway")
    code = """
import torch
torch.ones(2, requires_grad=True).sum().backward()
from grader.sandbox import sim
print(json.dumps(sim.available()))
"""
    assert alone(code).startswith("a backward pass has run in this process")


def test_the_reason_on_an_older_torch(alone):
    """If torch doesn't support such devices, the reason gives torch's version."""
    code = f"""
import torch
from torch.utils import backend_registration
if hasattr(backend_registration, {registration.SETUP!r}):
    delattr(backend_registration, {registration.SETUP!r})
from grader.sandbox import sim
print(json.dumps([sim.available(), torch.__version__]))
"""
    reason, version = alone(code)
    assert reason == f"torch {version} can't have a device that is written in Python"


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ("sim.rules.admit = lambda *anything: None", "AssertionError: expected RuntimeError"),
        (
            "torch.Tensor.numpy = sim.tensor.Accelerated.numpy = lambda x: 0",
            "AssertionError: expected TypeError",
        ),
        ("sim.registration.FACTORIES = ()", "NotImplementedError"),
        ("sim.rehearsal.rehearse = lambda device: os._exit(1)", "the process that tried it ended"),
    ],
)
def test_a_failed_rehearsal_is_the_reason(reason, alone, spoilt, told):
    """A device that fails or misses a mistake isn't enabled, and the reason is given."""
    if reason:
        pytest.skip(reason)
    code = f"import torch\nfrom grader.sandbox import sim\n{spoilt}\nprint(json.dumps(sim.available()))"
    found = alone(code)
    assert found.startswith(f"torch {torch.__version__} can't carry it here ("), found
    assert told in found


def test_every_factory_is_served(enabled):
    """Each operator that creates a tensor without inputs works on the device.

    Either torch builds it from other operators, or it has a kernel here.
    """
    code = """
from grader.sandbox.sim.registration import KEY
has = torch._C._dispatch_has_kernel_for_dispatch_key
missing = []
for schema in torch._C._jit_get_all_schemas():
    name = schema.name + ("." + schema.overload_name if schema.overload_name else "")
    alone = not any("Tensor" in str(argument.type) for argument in schema.arguments)
    if not (schema.name.startswith("aten::") and alone and any(one.name == "device" for one in schema.arguments)):
        continue
    try:
        served = any(has(name, key) for key in (KEY, "CompositeExplicitAutograd", "CompositeImplicitAutograd"))
    except RuntimeError:  # a scripting operator that the dispatcher doesn't know
        continue
    if not served:
        missing.append(name)
print(json.dumps(sorted(missing)))
"""
    # Sparse and quantized tensors, files and cuDNN's own: no exercise uses them on this device.
    assert enabled(code) == [
        "aten::_cudnn_init_dropout_state",
        "aten::_empty_affine_quantized",
        "aten::_make_dep_token",
        "aten::_sparse_coo_tensor_with_dims",
        "aten::from_file",
    ]


def test_a_witness_sees_the_same_operators(enabled):
    """A function's cost and operators are counted on the device in the same way as on the CPU."""
    code = """
from grader.sandbox import instrumentation
def build(kernel, n):
    matrix = kernel.new_zeros(n - len(kernel) + 1, n)
    for i in range(len(matrix)):
        matrix[i, i : i + len(kernel)] = kernel
    return torch.fft.rfft(matrix @ torch.ones(n, device=kernel.device), 8)
kernel = torch.tensor([1.0, 2.0])
kinds = ("cost", "operators", "transforms")
print(json.dumps([[instrumentation.run(kind, build, [x, 5], {}, None) for kind in kinds] for x in (kernel, sim.to_sim(kernel))]))
"""
    here, there = enabled(code)
    assert here == there
    assert here[0] > 0


def answers_on_sim(*files):
    """Compare files' answers on the CPU and the device, and return the exit code and output."""
    command = [sys.executable, "tests/sandbox/answers_on.py", "sim", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "answer alike" in done.stdout, done.stderr
    return done.returncode, done.stdout


def test_references_answer_alike(reason):
    """A reference gives the same result on the device as on the CPU, and the result stays there."""
    if reason:
        pytest.skip(reason)
    files = [f"reference/{exercise}/solution.py" for exercise in ("toeplitz_1d", "fft_convolution")]
    code, printed = answers_on_sim(*files)
    assert code == 0, printed


def test_known_mistakes_about_devices_show(reason):
    """A tensor created on the CPU is detected, or raises when it is used with one on the device."""
    if reason:
        pytest.skip(reason)
    files = [
        f"reference/{exercise}/misconceptions/fixed_dtype.py" for exercise in ("toeplitz_1d", "aliasing")
    ]
    code, printed = answers_on_sim(*files)
    assert (code, printed.splitlines()[-1].partition(";")[0]) == (1, "0 of 2 files answer alike")
    assert "toeplitz_1d call: a result on cpu" in printed.replace("build_", "")
    assert f"beside RuntimeError('{MIXED}')" in printed


@pytest.mark.nightly
def test_every_right_answer_of_the_course_answers_alike(reason):
    """No reference, variant or example raises a false alarm on the device."""
    if reason:
        pytest.skip(reason)
    code, printed = answers_on_sim()
    assert code == 0, printed
