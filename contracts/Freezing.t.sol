// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Directory} from "./Directory.sol";
import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {IAuthorityRegistry} from "./interfaces/IAuthorityRegistry.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {ICertificateCatalog} from "./interfaces/ICertificateCatalog.sol";
import {IRecognitionPolicy} from "./interfaces/IRecognitionPolicy.sol";
import {Deploy} from "./test/Deploy.t.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

// solhint-disable avoid-low-level-calls

/// @title How a deployment ends
/// @dev This contract is the administrator.
contract FreezingTest is Deployment {
    bytes32 private constant ROOT = keccak256("root");
    uint64 private constant RULE = 1;
    bytes32 private constant GROUP = bytes32(bytes(unicode"长三角"));

    /// @dev The base point of P-256.
    bytes32 private constant X = 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296;
    bytes32 private constant Y = 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5;
    bytes32 private constant KEY = keccak256(abi.encode(X, Y));

    Directory private successor;

    /// @dev A deployment with something of everything, and one that would succeed it.
    function setUp() public override {
        super.setUp();
        _startIssuing();
        _register(OTHER_AGENCY, GUANGDONG);
        _anchor(OPERATOR, ROOT, 1000);
        vm.startPrank(NATION);
        registry.addDocumentKey(AGENCY, IAgencyRegistry.KeyAlgorithm.P256, X, Y, 0, 0, BASIS);
        policy.addRule(_rule());
        vm.stopPrank();
        successor = _directory(address(Deploy.authorityRegistry(address(this), DELAY)), directory);
    }

    function test_freezingIsToldAndEndsTheLog() public {
        vm.expectEmit(address(access));
        emit IAuthorityRegistry.LedgerFrozen(address(successor), BASIS, address(this), 7);
        access.freeze(directory, successor, BASIS);
        vm.assertTrue(access.isFrozen());
        vm.assertEq(access.sequence(), 7);
        vm.assertTrue(log.isFrozen());
    }

    function test_nothingIsFrozenBefore() public view {
        vm.assertFalse(access.isFrozen());
        vm.assertFalse(log.isFrozen());
    }

    function test_theRecordsOfAFrozenLogStayReadable() public {
        bytes32 head = log.head();
        access.freeze(directory, successor, BASIS);
        vm.assertEq(log.sequence(), 1);
        vm.assertEq(log.head(), head);
        vm.assertEq(log.sizeOf(AGENCY, ROOT), 1000);
        vm.assertEq(log.recordOf(AGENCY, ROOT).sequence, 1);
    }

    function test_everyAuthorityLosesItsRoleAtOnceAndNobodyElse() public {
        access.grantRole(7, STRANGER, 0);
        access.freeze(directory, successor, BASIS);
        _assertHolds(1_000_000, NATION, false);
        _assertHolds(1_000_000 + HAINAN, PROVINCE, false);
        _assertHolds(1_000_000 + SANYA, CITY, false);
        _assertHolds(1_000_000 + JIYANG, DISTRICT, false);
        _assertHolds(0, address(this), true);
        _assertHolds(7, STRANGER, true);
    }

    function test_anAppointmentThatIsUnderWayNeverComesIntoEffect() public {
        _appoint(STRANGER, SANYA);
        access.freeze(directory, successor, BASIS);
        vm.warp(NOW + DELAY);
        _assertHolds(1_000_000 + SANYA, STRANGER, false);
    }

    function test_nobodyIsAppointedOrDismissedAnyMore() public {
        access.freeze(directory, successor, BASIS);
        _expectFrozen();
        vm.prank(NATION);
        access.appoint(SANYA, STRANGER, BASIS);
        _expectFrozen();
        access.appointNational(STRANGER, BASIS);
        _expectFrozen();
        access.dismiss(SANYA, CITY, BASIS);
    }

    function test_aDeploymentIsFrozenOnce() public {
        access.freeze(directory, successor, BASIS);
        _expectFrozen();
        access.freeze(directory, successor, BASIS);
    }

    function test_nothingIsAnchoredAnyMore() public {
        access.freeze(directory, successor, BASIS);
        _expectLogFrozen();
        _anchor(OPERATOR, keccak256("another"), 1);
        IBatchAnchor.Batch[] memory batches = new IBatchAnchor.Batch[](1);
        batches[0] = _batch(keccak256("another"), 1);
        _expectLogFrozen();
        vm.prank(OPERATOR);
        log.anchorMany(TYPE, 1, 1, batches);
    }

    /// @dev Each change is one that some account could make before; the statuses come after.
    function test_nobodyChangesAnythingAnyMore() public {
        access.freeze(directory, successor, BASIS);
        bytes32 state = _state();
        address[10] memory callers = _everybody();
        for (uint256 i = 0; i < callers.length; i++) {
            _tryAll(callers[i], address(access), _changesOfAuthorities());
            _tryAll(callers[i], address(registry), _changesOfAgencies());
            _tryAll(callers[i], address(registry), _changesOfKeys());
            _tryAll(callers[i], address(catalog), _changesOfTypes());
            _tryAll(callers[i], address(log), _changesOfTheLog());
            _tryAll(callers[i], address(policy), _changesOfRules());
        }
        vm.assertEq(_state(), state);
    }

    /// @dev What the test above tries is tried in earnest: before the end, somebody succeeds with each.
    function test_everyOneOfTheseChangesWasPossibleBefore() public {
        _doEach(NATION, address(registry), _changesOfKeys());
        _doEach(NATION, address(policy), _changesOfRules());
        _doEach(NATION, address(catalog), _changesOfTypes());
        _doEach(OPERATOR, address(log), _changesOfTheLog());
        _doEach(NATION, address(registry), _changesOfAgencies());
        _doEach(NATION, address(access), _changesOfAuthorities());
    }

    function test_anAuthorityChangesNoStatusAnyMoreButAnOperatorStillCan() public {
        access.freeze(directory, successor, BASIS);
        address[10] memory callers = _everybody();
        for (uint256 i = 0; i < callers.length; i++) {
            bool isOperator = callers[i] == OPERATOR;
            bytes[] memory calls = _changesOfStatuses();
            for (uint256 j = 0; j < calls.length; j++) {
                vm.prank(callers[i]);
                (bool happened, ) = address(statuses).call(calls[j]);
                vm.assertTrue(happened == isOperator);
            }
        }
    }

    function test_onlyTheAdministratorFreezes() public {
        address[5] memory others = [NATION, PROVINCE, OPERATOR, STRANGER, address(log)];
        for (uint256 i = 0; i < others.length; i++) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IAccessManager.AccessManagerUnauthorizedAccount.selector,
                    others[i],
                    uint64(0)
                )
            );
            vm.prank(others[i]);
            access.freeze(directory, successor, BASIS);
        }
    }

    function test_anAdministratorUnderADelaySchedulesTheEnd() public {
        access.grantRole(0, address(this), 1 days);
        bytes memory call = abi.encodeCall(access.freeze, (directory, successor, BASIS));
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessManager.AccessManagerNotScheduled.selector,
                access.hashOperation(address(this), address(access), call)
            )
        );
        access.freeze(directory, successor, BASIS);

        access.schedule(address(access), call, 0);
        vm.warp(NOW + 1 days);
        access.freeze(directory, successor, BASIS);
        vm.assertTrue(access.isFrozen());
    }

    function test_anotherDeploymentsDirectoryIsRefused() public {
        Directory others = _directory(address(1), Directory(address(0)));
        _refuse(others, _directory(address(2), others));
    }

    function test_aSuccessorThatNamesAnotherPredecessorOrNoneIsRefused() public {
        _refuse(directory, _directory(address(2), successor));
        _refuse(directory, _directory(address(2), Directory(address(0))));
    }

    function test_aSuccessorUnderTheSameAuthorityRegistryIsRefusedAsItWouldBeFrozenToo() public {
        _refuse(directory, _directory(address(access), directory));
    }

    function test_nobodyFreezesTheLogAlone() public {
        address[5] memory others = [address(this), NATION, OPERATOR, STRANGER, address(registry)];
        for (uint256 i = 0; i < others.length; i++) {
            _expectNotTheAuthorityRegistry(others[i]);
            vm.prank(others[i]);
            log.freeze();
        }
    }

    function test_theAdministratorFreezesTheLogAloneNotEvenThroughTheAuthorityRegistry() public {
        _expectNotTheAuthorityRegistry(address(access));
        access.execute(address(log), abi.encodeCall(log.freeze, ()));
        vm.assertFalse(log.isFrozen());
    }

    function test_nobodyFreezesTheLogOfAFrozenDeploymentButItsAuthorityRegistry() public {
        access.freeze(directory, successor, BASIS);
        _expectNotTheAuthorityRegistry(STRANGER);
        vm.prank(STRANGER);
        log.freeze();
        access.execute(address(log), abi.encodeCall(log.freeze, ()));
        vm.assertTrue(log.isFrozen());
        vm.assertEq(log.sequence(), 1);
    }

    // Everything that could be changed

    function _changesOfAuthorities() private view returns (bytes[] memory calls) {
        calls = new bytes[](2);
        calls[0] = abi.encodeCall(access.appoint, (JIYANG, STRANGER, BASIS));
        calls[1] = abi.encodeCall(access.dismiss, (SANYA, CITY, BASIS));
    }

    function _changesOfAgencies() private view returns (bytes[] memory calls) {
        IAgencyRegistry.AgencyStatus suspended = IAgencyRegistry.AgencyStatus.Suspended;
        calls = new bytes[](9);
        calls[0] = abi.encodeCall(registry.addOperator, (AGENCY, STRANGER, 0, 0, BASIS));
        calls[1] = abi.encodeCall(registry.removeOperator, (OPERATOR, BASIS));
        calls[2] = abi.encodeCall(registry.distrustOperator, (AGENCY, OPERATOR, 0, BASIS));
        calls[3] = abi.encodeCall(registry.liftOperatorDistrust, (AGENCY, OPERATOR, BASIS));
        calls[4] = abi.encodeCall(registry.grantEntitlement, (AGENCY, TYPE, 0, 0, 1, BASIS));
        calls[5] = abi.encodeCall(registry.endEntitlement, (AGENCY, TYPE, BASIS));
        calls[6] = abi.encodeCall(registry.setAgencyStatus, (AGENCY, suspended, NOW, BASIS));
        calls[7] = abi.encodeCall(registry.succeedAgency, (AGENCY, OTHER_AGENCY, NOW, BASIS));
        calls[8] = abi.encodeCall(
            registry.registerAgency,
            (bytes18("91350100M000100Y43"), SANYA, "", NOW, BASIS)
        );
    }

    function _changesOfKeys() private view returns (bytes[] memory calls) {
        IAgencyRegistry.KeyAlgorithm p256 = IAgencyRegistry.KeyAlgorithm.P256;
        calls = new bytes[](4);
        calls[0] = abi.encodeCall(registry.addDocumentKey, (OTHER_AGENCY, p256, X, Y, 0, 0, BASIS));
        calls[1] = abi.encodeCall(registry.endDocumentKey, (AGENCY, KEY, BASIS));
        calls[2] = abi.encodeCall(registry.distrustDocumentKey, (AGENCY, KEY, BASIS));
        calls[3] = abi.encodeCall(registry.liftDocumentKeyDistrust, (AGENCY, KEY, BASIS));
    }

    function _changesOfTypes() private view returns (bytes[] memory calls) {
        ICertificateCatalog.Order[] memory orders = new ICertificateCatalog.Order[](1);
        orders[0] = ICertificateCatalog.Order(OTHER_TYPE, COUNTRY, _publication(), BASIS);
        calls = new bytes[](3);
        calls[0] = abi.encodeCall(catalog.publishType, (TYPE, COUNTRY, _publication(), BASIS));
        calls[1] = abi.encodeCall(catalog.publishTypes, (orders));
        calls[2] = abi.encodeCall(catalog.retireType, (OTHER_TYPE, BASIS));
    }

    function _changesOfTheLog() private view returns (bytes[] memory calls) {
        IBatchAnchor.Batch[] memory batches = new IBatchAnchor.Batch[](1);
        batches[0] = _batch(keccak256("several"), 1);
        calls = new bytes[](2);
        calls[0] = abi.encodeCall(log.anchor, (TYPE, 1, 1, _batch(keccak256("one"), 1)));
        calls[1] = abi.encodeCall(log.anchorMany, (TYPE, 1, 1, batches));
    }

    function _changesOfRules() private view returns (bytes[] memory calls) {
        uint24[] memory regions = new uint24[](1);
        regions[0] = HAINAN;
        calls = new bytes[](3);
        calls[0] = abi.encodeCall(policy.addRule, (_rule()));
        calls[1] = abi.encodeCall(policy.endRule, (RULE, BASIS));
        calls[2] = abi.encodeCall(policy.defineGroup, (GROUP, regions, BASIS));
    }

    function _changesOfStatuses() private view returns (bytes[] memory calls) {
        uint32[] memory indices = new uint32[](1);
        indices[0] = 1;
        calls = new bytes[](3);
        calls[0] = abi.encodeCall(statuses.setStatus, (AGENCY, ROOT, 0, 5, NOW, 0));
        calls[1] = abi.encodeCall(statuses.setStatuses, (AGENCY, ROOT, indices, 5, NOW, 0));
        calls[2] = abi.encodeCall(statuses.setBatchStatus, (AGENCY, ROOT, 5, NOW, 0));
    }

    // Steps

    function _tryAll(address caller, address target, bytes[] memory calls) private {
        for (uint256 i = 0; i < calls.length; i++) {
            vm.prank(caller);
            (bool happened, ) = target.call(calls[i]);
            vm.assertFalse(happened);
        }
    }

    function _doEach(address caller, address target, bytes[] memory calls) private {
        for (uint256 i = 0; i < calls.length; i++) {
            vm.prank(caller);
            (bool happened, ) = target.call(calls[i]);
            vm.assertTrue(happened);
        }
    }

    function _refuse(Directory ending, Directory next) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAuthorityRegistry.AuthorityRegistryNotASuccessor.selector,
                address(next)
            )
        );
        access.freeze(ending, next, BASIS);
        vm.assertFalse(access.isFrozen());
    }

    function _directory(address manager, Directory predecessor) private returns (Directory) {
        address[6] memory contracts = _contracts();
        contracts[0] = manager;
        return Deploy.directory(contracts, predecessor, 0);
    }

    function _rule() private pure returns (IRecognitionPolicy.Rule memory rule) {
        rule.recognising = HAINAN;
        rule.recognised = GUANGDONG;
        rule.basis = BASIS;
    }

    function _everybody() private view returns (address[10] memory) {
        return
            [
                address(this),
                NATION,
                PROVINCE,
                CITY,
                DISTRICT,
                NEIGHBOUR_CITY,
                NEIGHBOUR_PROVINCE,
                OPERATOR,
                STRANGER,
                address(access)
            ];
    }

    /// @dev Every change moves a sequence number; an anchor moves the head besides.
    function _state() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    access.sequence(),
                    registry.sequence(),
                    catalog.sequence(),
                    policy.sequence(),
                    log.sequence(),
                    log.head()
                )
            );
    }

    function _expectFrozen() private {
        vm.expectRevert(
            abi.encodeWithSelector(IAuthorityRegistry.AuthorityRegistryFrozen.selector)
        );
    }

    function _expectLogFrozen() private {
        vm.expectRevert(abi.encodeWithSelector(IBatchAnchor.BatchAnchorFrozen.selector));
    }

    function _expectNotTheAuthorityRegistry(address account) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IBatchAnchor.BatchAnchorNotTheAuthorityRegistry.selector,
                account
            )
        );
    }

    function _assertHolds(uint64 role, address account, bool expected) private view {
        (bool isMember, ) = access.hasRole(role, account);
        vm.assertTrue(isMember == expected);
    }
}
