// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Directory} from "./Directory.sol";
import {UseLog} from "./UseLog.sol";
import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {IAuthorityRegistry} from "./interfaces/IAuthorityRegistry.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {ICertificateCatalog} from "./interfaces/ICertificateCatalog.sol";
import {IRecognitionPolicy} from "./interfaces/IRecognitionPolicy.sol";
import {IRegionalAuthority} from "./interfaces/IRegionalAuthority.sol";
import {IUseLog} from "./interfaces/IUseLog.sol";
import {IStatusRegistry} from "./interfaces/IStatusRegistry.sol";
import {Codes} from "./test/Codes.t.sol";
import {Deploy} from "./test/Deploy.t.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

/// @dev A contract whose access manager can be replaced by its access manager.
contract Managed {
    address public authority;

    function setAuthority(address manager) external {
        authority = manager;
    }

    function act() external {
        authority = address(0);
    }
}

/// @title Everyone calls everything: role × function
/// @dev One row for every function that changes something: whom it is open to, and everyone else is
/// refused for what they are, not for something else. That no function is left out, test/contracts
/// compares with the ABI. The letters:
///
/// A administrator                   O operator of the agency
/// a administrator under a delay     o operator of another agency
/// N national authority              x former operator
/// P authority of the province       d distrusted operator
/// C authority of the city           f former authority of the city
/// D authority of a district in it   l authority of the city from later on
/// c authority of another city       S stranger
/// p authority of another province
contract RoleMatrixTest is Deployment {
    error WrongOutcome(string row, string letter, bytes outcome);
    error Outcome(bool isDone, bytes answer);

    bytes private constant EVERYONE = "AaNPCDcpOoxdflS";

    IAgencyRegistry.KeyAlgorithm private constant P256 = IAgencyRegistry.KeyAlgorithm.P256;
    IAgencyRegistry.KeyAlgorithm private constant SM2 = IAgencyRegistry.KeyAlgorithm.SM2;

    /// @dev The base points of P-256 and of SM2's curve, and the first one's mirror image.
    bytes32 private constant X = 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296;
    bytes32 private constant Y = 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5;
    bytes32 private constant MIRRORED_Y = bytes32(
        0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff - uint256(Y)
    );
    bytes32 private constant SM2_X =
        0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7;
    bytes32 private constant SM2_Y =
        0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0;
    bytes32 private constant KEY = keccak256(abi.encode(X, Y));
    bytes32 private constant SM2_KEY = keccak256(abi.encode(SM2_X, SM2_Y));

    bytes32 private constant ROOT = keccak256("root");
    bytes32 private constant OTHER_ROOT = keccak256("another root");
    uint64 private constant ROLE_OF_SANYA = 1_460_200;
    /// @dev A role that is no region's.
    uint64 private constant AUDITOR = 7;

    address private immutable delayed = _account("administrator under a delay");
    address private immutable otherOperator = _account("operator of another agency");
    address private immutable formerOperator = _account("former operator");
    address private immutable distrusted = _account("distrusted operator");
    address private immutable dismissed = _account("former authority");
    address private immutable coming = _account("authority from later on");
    address private immutable newcomer = _account("newcomer");
    bytes18 private immutable inheritor = Codes.complete("11460200MB2345678");

    Managed private managed;
    Directory private successor;

    function setUp() public override {
        super.setUp();
        _startIssuing();
        _register(OTHER_AGENCY, GUANGDONG);
        _register(inheritor, SANYA);
        _employ(OTHER_AGENCY, otherOperator);
        _employ(AGENCY, formerOperator);
        _employ(AGENCY, distrusted);
        vm.startPrank(NATION);
        access.appoint(SANYA, dismissed, BASIS);
        registry.removeOperator(formerOperator, BASIS);
        registry.distrustOperator(AGENCY, distrusted, NOW, BASIS);
        registry.addDocumentKey(AGENCY, P256, X, Y, 0, 0, BASIS);
        registry.addDocumentKey(AGENCY, SM2, SM2_X, SM2_Y, 0, 0, BASIS);
        registry.distrustDocumentKey(AGENCY, SM2_KEY, BASIS);
        catalog.publishType(OTHER_TYPE, SANYA, _publication(), BASIS);
        policy.addRule(_rule());
        vm.stopPrank();
        vm.warp(NOW + DELAY);
        _anchor(OPERATOR, ROOT, 64);
        vm.startPrank(NATION);
        access.dismiss(SANYA, dismissed, BASIS);
        access.appoint(SANYA, coming, BASIS);
        vm.stopPrank();
        _setUpAdministration();
    }

    /// @dev An administrator under a delay, something that it scheduled, and a deployment that could follow.
    function _setUpAdministration() private {
        access.grantRole(0, delayed, 1 days);
        access.grantRole(AUDITOR, STRANGER, 0);
        managed = new Managed();
        vm.prank(delayed);
        access.schedule(address(access), _label(), 0);
        address[6] memory next;
        next[0] = address(Deploy.authorityRegistry(address(this), DELAY));
        successor = Deploy.directory(next, directory, 0);
    }

    // The rows

    function test_whoChangesAgencies() public {
        address to = address(registry);
        IAgencyRegistry.AgencyStatus suspended = IAgencyRegistry.AgencyStatus.Suspended;
        bytes18 fresh = Codes.complete("11460200MB3456789");
        _row(
            "AgencyRegistry.registerAgency",
            to,
            abi.encodeCall(registry.registerAgency, (fresh, SANYA, "", NOW, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.setAgencyStatus",
            to,
            abi.encodeCall(registry.setAgencyStatus, (AGENCY, suspended, NOW, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.succeedAgency",
            to,
            abi.encodeCall(registry.succeedAgency, (AGENCY, inheritor, NOW, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.succeedAgency",
            to,
            abi.encodeCall(registry.succeedAgency, (AGENCY, OTHER_AGENCY, NOW, BASIS)),
            "N"
        );
        _row(
            "AgencyRegistry.grantEntitlement",
            to,
            abi.encodeCall(registry.grantEntitlement, (AGENCY, TYPE, 0, 0, 4, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.endEntitlement",
            to,
            abi.encodeCall(registry.endEntitlement, (AGENCY, TYPE, BASIS)),
            "NPC"
        );
    }

    function test_whoChangesOperators() public {
        address to = address(registry);
        _row(
            "AgencyRegistry.addOperator",
            to,
            abi.encodeCall(registry.addOperator, (AGENCY, newcomer, 0, 0, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.removeOperator",
            to,
            abi.encodeCall(registry.removeOperator, (OPERATOR, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.distrustOperator",
            to,
            abi.encodeCall(registry.distrustOperator, (AGENCY, OPERATOR, NOW, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.liftOperatorDistrust",
            to,
            abi.encodeCall(registry.liftOperatorDistrust, (AGENCY, distrusted, BASIS)),
            "NPC"
        );
    }

    function test_whoChangesDocumentKeys() public {
        address to = address(registry);
        _row(
            "AgencyRegistry.addDocumentKey",
            to,
            abi.encodeCall(registry.addDocumentKey, (AGENCY, P256, X, MIRRORED_Y, 0, 0, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.endDocumentKey",
            to,
            abi.encodeCall(registry.endDocumentKey, (AGENCY, KEY, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.distrustDocumentKey",
            to,
            abi.encodeCall(registry.distrustDocumentKey, (AGENCY, KEY, BASIS)),
            "NPC"
        );
        _row(
            "AgencyRegistry.liftDocumentKeyDistrust",
            to,
            abi.encodeCall(registry.liftDocumentKeyDistrust, (AGENCY, SM2_KEY, BASIS)),
            "NPC"
        );
    }

    function test_whoChangesTheCatalogue() public {
        address to = address(catalog);
        ICertificateCatalog.Order[] memory orders = new ICertificateCatalog.Order[](1);
        orders[0] = ICertificateCatalog.Order(OTHER_TYPE, SANYA, _publication(), BASIS);
        _row(
            "CertificateCatalog.publishType",
            to,
            abi.encodeCall(catalog.publishType, (OTHER_TYPE, SANYA, _publication(), BASIS)),
            "NPC"
        );
        _row(
            "CertificateCatalog.publishType",
            to,
            abi.encodeCall(catalog.publishType, (TYPE, COUNTRY, _publication(), BASIS)),
            "N"
        );
        _row(
            "CertificateCatalog.publishTypes",
            to,
            abi.encodeCall(catalog.publishTypes, (orders)),
            "NPC"
        );
        _row(
            "CertificateCatalog.retireType",
            to,
            abi.encodeCall(catalog.retireType, (OTHER_TYPE, BASIS)),
            "NPC"
        );
    }

    function test_whoAnchors() public {
        address to = address(log);
        IBatchAnchor.Batch[] memory batches = new IBatchAnchor.Batch[](1);
        batches[0] = _batch(OTHER_ROOT, 1);
        _row("BatchAnchor.anchor", to, abi.encodeCall(log.anchor, (TYPE, 1, 1, batches[0])), "O");
        _row(
            "BatchAnchor.anchorMany",
            to,
            abi.encodeCall(log.anchorMany, (TYPE, 1, 1, batches)),
            "O"
        );
        _row("BatchAnchor.freeze", to, abi.encodeCall(log.freeze, ()), "");
    }

    /// @dev Whoever calls speaks for its own account alone.
    function test_whoAnchorsUses() public {
        UseLog uses = Deploy.useLog();
        IUseLog.Head[] memory heads = new IUseLog.Head[](1);
        heads[0] = IUseLog.Head(1, 1, ROOT);
        _row("UseLog.anchor", address(uses), abi.encodeCall(uses.anchor, (heads)), EVERYONE);
    }

    function test_whoChangesStatuses() public {
        address to = address(statuses);
        uint32[] memory indices = new uint32[](1);
        _row(
            "StatusRegistry.setStatus",
            to,
            abi.encodeCall(statuses.setStatus, (AGENCY, ROOT, 0, 5, NOW, 1)),
            "NPCO"
        );
        _row(
            "StatusRegistry.setStatuses",
            to,
            abi.encodeCall(statuses.setStatuses, (AGENCY, ROOT, indices, 5, NOW, 1)),
            "NPCO"
        );
        _row(
            "StatusRegistry.setBatchStatus",
            to,
            abi.encodeCall(statuses.setBatchStatus, (AGENCY, ROOT, 5, NOW, 1)),
            "NPCO"
        );
    }

    function test_whoChangesRules() public {
        address to = address(policy);
        uint24[] memory regions = new uint24[](1);
        regions[0] = HAINAN;
        _row("RecognitionPolicy.addRule", to, abi.encodeCall(policy.addRule, (_rule())), "NPC");
        _row("RecognitionPolicy.endRule", to, abi.encodeCall(policy.endRule, (1, BASIS)), "NPC");
        _row(
            "RecognitionPolicy.defineGroup",
            to,
            abi.encodeCall(policy.defineGroup, ("delta", regions, BASIS)),
            "N"
        );
    }

    function test_whoAppointsAndDismisses() public {
        address to = address(access);
        _row(
            "AuthorityRegistry.appoint",
            to,
            abi.encodeCall(access.appoint, (JIYANG, newcomer, BASIS)),
            "NPC"
        );
        _row(
            "AuthorityRegistry.appoint",
            to,
            abi.encodeCall(access.appoint, (SANYA, newcomer, BASIS)),
            "NP"
        );
        _row(
            "AuthorityRegistry.dismiss",
            to,
            abi.encodeCall(access.dismiss, (JIYANG, DISTRICT, BASIS)),
            "AaNPCD"
        );
        _row(
            "AuthorityRegistry.dismiss",
            to,
            abi.encodeCall(access.dismiss, (COUNTRY, NATION, BASIS)),
            "AaN"
        );
        _administratorsRow(
            "AuthorityRegistry.appointNational",
            abi.encodeCall(access.appointNational, (newcomer, BASIS))
        );
        _administratorsRow(
            "AuthorityRegistry.freeze",
            abi.encodeCall(access.freeze, (directory, successor, BASIS))
        );
    }

    function test_whoGivesAndTakesRoles() public {
        address to = address(access);
        _administratorsRow(
            "AuthorityRegistry.grantRole",
            abi.encodeCall(access.grantRole, (AUDITOR, newcomer, 0))
        );
        _administratorsRow(
            "AuthorityRegistry.revokeRole",
            abi.encodeCall(access.revokeRole, (AUDITOR, STRANGER))
        );
        _row(
            "AuthorityRegistry.renounceRole",
            to,
            abi.encodeCall(access.renounceRole, (AUDITOR, STRANGER)),
            "S"
        );
        _row(
            "AuthorityRegistry.grantRole",
            to,
            abi.encodeCall(access.grantRole, (ROLE_OF_SANYA, newcomer, 0)),
            ""
        );
        _row(
            "AuthorityRegistry.revokeRole",
            to,
            abi.encodeCall(access.revokeRole, (ROLE_OF_SANYA, CITY)),
            ""
        );
        _row(
            "AuthorityRegistry.renounceRole",
            to,
            abi.encodeCall(access.renounceRole, (ROLE_OF_SANYA, CITY)),
            ""
        );
        _administratorsRow(
            "AuthorityRegistry.setRoleAdmin",
            abi.encodeCall(access.setRoleAdmin, (AUDITOR, 8))
        );
        _administratorsRow(
            "AuthorityRegistry.setRoleGuardian",
            abi.encodeCall(access.setRoleGuardian, (AUDITOR, 8))
        );
        _administratorsRow(
            "AuthorityRegistry.setGrantDelay",
            abi.encodeCall(access.setGrantDelay, (AUDITOR, 1 days))
        );
    }

    function test_whoAdministers() public {
        address target = address(managed);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = Managed.act.selector;
        _administratorsRow(
            "AuthorityRegistry.setTargetFunctionRole",
            abi.encodeCall(access.setTargetFunctionRole, (target, selectors, AUDITOR))
        );
        _administratorsRow(
            "AuthorityRegistry.setTargetAdminDelay",
            abi.encodeCall(access.setTargetAdminDelay, (target, 1 days))
        );
        _administratorsRow(
            "AuthorityRegistry.setTargetClosed",
            abi.encodeCall(access.setTargetClosed, (target, true))
        );
        _administratorsRow(
            "AuthorityRegistry.updateAuthority",
            abi.encodeCall(access.updateAuthority, (target, STRANGER))
        );
        _administratorsRow(
            "AuthorityRegistry.labelRole",
            abi.encodeCall(access.labelRole, (AUDITOR, "other auditors"))
        );
    }

    function test_whoSchedulesAndExecutes() public {
        address to = address(access);
        bytes memory call = abi.encodeCall(access.setGrantDelay, (AUDITOR, 1 days));
        bytes[] memory calls = new bytes[](1);
        calls[0] = call;
        _row("AuthorityRegistry.schedule", to, abi.encodeCall(access.schedule, (to, call, 0)), "a");
        _administratorsRow("AuthorityRegistry.execute", abi.encodeCall(access.execute, (to, call)));
        _row(
            "AuthorityRegistry.cancel",
            to,
            abi.encodeCall(access.cancel, (delayed, to, _label())),
            "Aa"
        );
        _row(
            "AuthorityRegistry.consumeScheduledOp",
            to,
            abi.encodeCall(access.consumeScheduledOp, (delayed, _label())),
            ""
        );
        _administratorsRow(
            "AuthorityRegistry.multicall",
            abi.encodeCall(access.multicall, (calls))
        );
    }

    // Steps

    /// @dev Undone whatever comes of it, so that everyone finds things as they were.
    function attempt(address caller, address target, bytes calldata data) external {
        vm.prank(caller);
        // solhint-disable-next-line avoid-low-level-calls
        (bool isDone, bytes memory answer) = target.call(data);
        revert Outcome(isDone, answer);
    }

    function read(bytes calldata outcome) external pure returns (bool isDone, bytes memory answer) {
        return abi.decode(outcome[4:], (bool, bytes));
    }

    /// @dev Open to the administrator; one under a delay must schedule it first.
    function _administratorsRow(string memory row, bytes memory data) private {
        _row(row, address(access), data, "A");
        (, bytes memory answer) = _try(delayed, address(access), data);
        if (bytes4(answer) != IAccessManager.AccessManagerNotScheduled.selector) {
            revert WrongOutcome(row, "a", answer);
        }
    }

    function _row(
        string memory row,
        address target,
        bytes memory data,
        bytes memory allowed
    ) private {
        address[15] memory accounts = _accounts();
        for (uint256 i = 0; i < EVERYONE.length; i++) {
            (bool isDone, bytes memory answer) = _try(accounts[i], target, data);
            bool isRight = _isIn(EVERYONE[i], allowed) ? isDone : !isDone && _isRefusal(answer);
            if (!isRight) revert WrongOutcome(row, string(abi.encodePacked(EVERYONE[i])), answer);
        }
    }

    function _try(
        address caller,
        address target,
        bytes memory data
    ) private returns (bool isDone, bytes memory answer) {
        try this.attempt(caller, target, data) {
            assert(false);
        } catch (bytes memory outcome) {
            return this.read(outcome);
        }
    }

    function _accounts() private view returns (address[15] memory) {
        return
            [
                address(this),
                delayed,
                NATION,
                PROVINCE,
                CITY,
                DISTRICT,
                NEIGHBOUR_CITY,
                NEIGHBOUR_PROVINCE,
                OPERATOR,
                otherOperator,
                formerOperator,
                distrusted,
                dismissed,
                coming,
                STRANGER
            ];
    }

    function _isIn(bytes1 letter, bytes memory letters) private pure returns (bool) {
        for (uint256 i = 0; i < letters.length; i++) if (letters[i] == letter) return true;
        return false;
    }

    /// @dev Whether someone is refused for who they are. A caller that is no contract can't be asked
    /// whether it consumes what was scheduled, which fails without a word.
    function _isRefusal(bytes memory answer) private pure returns (bool) {
        bytes4 reason = bytes4(answer);
        return
            reason == IRegionalAuthority.RegionalAuthorityRequired.selector ||
            reason == IAuthorityRegistry.AuthorityRegistryNotAllowed.selector ||
            reason == IAuthorityRegistry.AuthorityRegistryUseAppointment.selector ||
            reason == IAgencyRegistry.AgencyRegistryNotAnOperator.selector ||
            reason == IAgencyRegistry.AgencyRegistryNotEntitled.selector ||
            reason == IBatchAnchor.BatchAnchorNotTheAuthorityRegistry.selector ||
            reason == IStatusRegistry.StatusRegistryNotAllowed.selector ||
            _isRefusalByAccessManager(reason) ||
            answer.length == 0;
    }

    function _isRefusalByAccessManager(bytes4 reason) private pure returns (bool) {
        return
            reason == IAccessManager.AccessManagerUnauthorizedAccount.selector ||
            reason == IAccessManager.AccessManagerUnauthorizedCall.selector ||
            reason == IAccessManager.AccessManagerUnauthorizedCancel.selector ||
            reason == IAccessManager.AccessManagerNotScheduled.selector ||
            reason == IAccessManager.AccessManagerBadConfirmation.selector;
    }

    function _label() private view returns (bytes memory) {
        return abi.encodeCall(access.labelRole, (AUDITOR, "auditors"));
    }

    function _rule() private pure returns (IRecognitionPolicy.Rule memory rule) {
        rule.recognising = SANYA;
        rule.recognised = GUANGDONG;
        rule.basis = BASIS;
    }
}
